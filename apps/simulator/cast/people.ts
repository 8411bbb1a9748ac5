import type { Entitlement, Person, Role } from './world-types.ts'

function rep(
  wecomUserId: string,
  name: string,
  nameEn: string,
  position: string,
  entitled: Entitlement,
  mobile: string,
): Person {
  return { wecomUserId, name, nameEn, roles: ['rep'], status: 'active', position, entitled, mobile }
}

function colleague(wecomUserId: string, name: string, nameEn: string, position: string, roles: Role[]): Person {
  return { wecomUserId, name, nameEn, roles, status: 'active', position, entitled: null, mobile: '' }
}

const oncology = ['EXMAB', 'EXTIN']

const reps: Person[] = [
  rep(
    'wanglei',
    '王磊',
    'Wang Lei',
    '医药代表 · 华东 · 肿瘤线',
    { filingNumber: 'DEMO-REP-310001', filedUntil: { days: 400 }, products: oncology, territories: ['east'] },
    '100-0000-0001',
  ),
  rep(
    'lina',
    '李娜',
    'Li Na',
    '医药代表 · 华东 · 肿瘤线',
    { filingNumber: 'DEMO-REP-310002', filedUntil: { days: 310 }, products: oncology, territories: ['east'] },
    '100-0000-0002',
  ),
  rep(
    'zhaomin',
    '赵敏',
    'Zhao Min',
    '医药代表 · 华南 · 肿瘤线与呼吸线',
    {
      filingNumber: 'DEMO-REP-440003',
      filedUntil: { days: 150 },
      products: [...oncology, 'EXAIR'],
      territories: ['south'],
    },
    '100-0000-0003',
  ),
  rep(
    'chenhao',
    '陈浩',
    'Chen Hao',
    '医药代表 · 西北 · 肿瘤线与心血管线',
    { filingNumber: 'DEMO-REP-650004', filedUntil: { days: 25 }, products: ['EXMAB', 'EXBAR'], territories: ['west'] },
    '100-0000-0004',
  ),
  rep(
    'sunyue',
    '孙悦',
    'Sun Yue',
    '医药代表（试用期，备案办理中）· 华东',
    { filingNumber: null, filedUntil: null, products: oncology, territories: ['east'] },
    '100-0000-0005',
  ),
  {
    ...rep(
      'liuyang-left',
      '刘洋',
      'Liu Yang',
      '医药代表 · 华东 · 肿瘤线',
      { filingNumber: 'DEMO-REP-310006', filedUntil: { days: 200 }, products: oncology, territories: ['east'] },
      '100-0000-0006',
    ),
    status: 'left',
    leftAt: { days: -2, at: '18:00' },
  },
]

export const people: Person[] = [
  ...reps,
  colleague('chenchen', '陈晨', 'Chen Chen', '医学内容编辑', ['author']),
  colleague('fangyuan', '方圆', 'Fang Yuan', '市场部产品经理', ['author']),
  colleague('guwen', '顾雯', 'Gu Wen', '医学事务经理', ['medical']),
  colleague('songjie', '宋洁', 'Song Jie', '法务与注册事务', ['legal']),
  colleague('hejing', '何静', 'He Jing', '合规经理', ['compliance']),
  colleague('xulan', '许岚', 'Xu Lan', '合规官', ['compliance_officer']),
  {
    ...colleague('tangwei', '唐伟', 'Tang Wei', '华东区经理', ['manager']),
    entitled: { filingNumber: null, filedUntil: null, products: oncology, territories: ['east'] },
  },
  {
    ...colleague('gracemoore', '格蕾丝·摩尔', 'Grace Moore', 'Internal audit, headquarters', ['auditor']),
    roleUntil: { days: 21, at: '18:00' },
  },
  colleague('shenhang', '沈航', 'Shen Hang', '企业微信与系统管理', ['system_admin']),
  colleague('luoan', '罗安', 'Luo An', '信息安全', ['security_admin']),
  colleague('weining', '魏宁', 'Wei Ning', '信息安全', ['security_admin']),
]
