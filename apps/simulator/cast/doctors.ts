import type { Account, Contact, DoctorTitle, Follow } from './world-types.ts'

/** One doctor in one line; what is usual is left out and filled in below. */
export type Doctor = {
  /** Follows `wmDemo` in the external user id and `HCP-` in the account id. */
  key: string
  name: string
  nameEn: string
  title: DoctorTitle
  hospital: string
  department: string
  specialty: string
  gender: 1 | 2
  reps: string[]
  nickname?: string
  /** What the rep wrote; the name when left out. */
  remark?: string
  /** False for a doctor who is in no rep's WeCom yet. */
  inWeCom?: boolean
  account?: Partial<Account>
}

const wanglei = ['wanglei']

// prettier-ignore
export const doctors: Doctor[] = [
  { key: 'ZhangWei', name: '张伟', nameEn: 'Zhang Wei', title: '主任医师', hospital: 'RENHE', department: '肿瘤内科', specialty: 'oncology', gender: 1, reps: ['wanglei', 'lina'], nickname: '伟岸', remark: '仁和 张主任', account: { post: '科主任' } },
  { key: 'LiMin', name: '李敏', nameEn: 'Li Min', title: '副主任医师', hospital: 'RENHE', department: '肿瘤内科', specialty: 'oncology', gender: 2, reps: wanglei, nickname: '敏而好学' },
  { key: 'WangFang', name: '王芳', nameEn: 'Wang Fang', title: '主治医师', hospital: 'RENHE', department: '放疗科', specialty: 'radiation', gender: 2, reps: wanglei, nickname: '芳草地' },
  { key: 'ZhaoQiang', name: '赵强', nameEn: 'Zhao Qiang', title: '副主任医师', hospital: 'JIANGCHENG1', department: '肿瘤科', specialty: 'oncology', gender: 1, reps: wanglei, nickname: '强子' },
  { key: 'ChenJie', name: '陈洁', nameEn: 'Chen Jie', title: '主任医师', hospital: 'JIANGCHENG1', department: '肿瘤科', specialty: 'oncology', gender: 2, reps: wanglei, nickname: 'CJ', remark: '陈洁 市一' },
  { key: 'ZhouTao', name: '周涛', nameEn: 'Zhou Tao', title: '主治医师', hospital: 'BINHAI', department: '肿瘤内科', specialty: 'oncology', gender: 1, reps: wanglei, nickname: '涛声依旧' },
  { key: 'ZhangWei2', name: '张伟', nameEn: 'Zhang Wei', title: '主治医师', hospital: 'JIANGCHENG1', department: '呼吸与危重症医学科', specialty: 'respiratory', gender: 1, reps: wanglei, nickname: '张伟' },
  { key: 'ZhangWei3', name: '张伟', nameEn: 'Zhang Wei', title: '住院医师', hospital: 'RENHE', department: '胸外科', specialty: 'thoracic', gender: 1, reps: [], inWeCom: false },
  { key: 'Ayi', name: '阿依古丽·买买提', nameEn: 'Ayguli Memet', title: '副主任医师', hospital: 'TIANSHAN', department: '肿瘤科', specialty: 'oncology', gender: 2, reps: ['chenhao', 'wanglei'], nickname: 'Aygül', remark: '阿依古丽 天山' },
  { key: 'LiuYing', name: '刘颖', nameEn: 'Liu Ying', title: '主任医师', hospital: 'RENHE', department: '肿瘤内科', specialty: 'oncology', gender: 2, reps: ['wanglei', 'lina'], nickname: '颖之' },
  { key: 'HuangLei', name: '黄磊', nameEn: 'Huang Lei', title: '副主任医师', hospital: 'BINHAI', department: '肿瘤内科', specialty: 'oncology', gender: 1, reps: wanglei, nickname: '三石一木' },
  { key: 'WuPing', name: '吴萍', nameEn: 'Wu Ping', title: '主治医师', hospital: 'RENHE', department: '放疗科', specialty: 'radiation', gender: 2, reps: wanglei, nickname: '萍水', account: { pausedUntil: { days: 20, at: '00:00' } } },
  { key: 'Unverified', name: '郑凯', nameEn: 'Zheng Kai', title: '住院医师', hospital: 'JIANGCHENG1', department: '肿瘤科', specialty: 'oncology', gender: 1, reps: wanglei, nickname: '凯', account: { hcpVerified: false, licenceNumber: null } },
  { key: 'Rare', name: '𠮷㛃䶮', nameEn: 'Ji Jieyan', title: '主治医师', hospital: 'BINHAI', department: '肿瘤内科', specialty: 'oncology', gender: 1, reps: wanglei, nickname: '𠮷医生☘️', remark: '𠮷㛃䶮（三个字都难打）' },
  { key: 'SunLihua', name: '孙丽华', nameEn: 'Sun Lihua', title: '副主任医师', hospital: 'JIANGCHENG1', department: '肿瘤科', specialty: 'oncology', gender: 2, reps: wanglei, nickname: '丽华', account: { active: false } },
  { key: 'LinXiaotong', name: '林晓彤', nameEn: 'Lin Xiaotong', title: '主治医师', hospital: 'JIANGCHENG1', department: '呼吸与危重症医学科', specialty: 'respiratory', gender: 2, reps: wanglei, nickname: '晓彤 Lin' },
  { key: 'OuyangWenxuan', name: '欧阳文轩', nameEn: 'Ouyang Wenxuan', title: '主任医师', hospital: 'BINHAI', department: '胸外科', specialty: 'thoracic', gender: 1, reps: wanglei, nickname: '轩辕', account: { post: '科主任' } },
  { key: 'Okafor', name: 'Daniel Okafor', nameEn: 'Daniel Okafor', title: '副主任医师', hospital: 'RENHE', department: '国际医疗部', specialty: 'oncology', gender: 1, reps: wanglei, nickname: 'Dan O.', remark: 'Dr Okafor 仁和国际部' },
  { key: 'GaoShan', name: '高珊', nameEn: 'Gao Shan', title: '副主任医师', hospital: 'RENHE', department: '肿瘤内科', specialty: 'oncology', gender: 2, reps: wanglei, nickname: '高山流水' },
  { key: 'HeJun', name: '何俊', nameEn: 'He Jun', title: '主治医师', hospital: 'JIANGCHENG1', department: '肿瘤科', specialty: 'oncology', gender: 1, reps: wanglei, nickname: 'hj_1980' },
  { key: 'MaHe', name: '马翯', nameEn: 'Ma He', title: '主治医师', hospital: 'RENHE', department: '心血管内科', specialty: 'cardiology', gender: 1, reps: wanglei, nickname: '白羽' },
  { key: 'ZhuYun', name: '朱赟', nameEn: 'Zhu Yun', title: '住院医师', hospital: 'RENHE', department: '肿瘤内科', specialty: 'oncology', gender: 2, reps: wanglei, nickname: '小赟' },
  { key: 'HuKun', name: '胡堃', nameEn: 'Hu Kun', title: '主治医师', hospital: 'BINHAI', department: '肿瘤内科', specialty: 'oncology', gender: 1, reps: ['wanglei', 'liuyang-left'], nickname: 'Kun' },
  { key: 'GuoTingting', name: '郭婷婷', nameEn: 'Guo Tingting', title: '主治医师', hospital: 'RENHE', department: '放疗科', specialty: 'radiation', gender: 2, reps: wanglei, nickname: '婷婷玉立' },
  { key: 'LuoChenxi', name: '罗晨曦', nameEn: 'Luo Chenxi', title: '副主任医师', hospital: 'JIANGCHENG1', department: '肿瘤科', specialty: 'oncology', gender: 2, reps: wanglei, nickname: '晨曦微露' },
  { key: 'LiangYutong', name: '梁雨桐', nameEn: 'Liang Yutong', title: '住院医师', hospital: 'BINHAI', department: '肿瘤内科', specialty: 'oncology', gender: 2, reps: wanglei, nickname: '雨桐' },
  { key: 'SongJia', name: '宋佳', nameEn: 'Song Jia', title: '主治医师', hospital: 'RENHE', department: '肿瘤内科', specialty: 'oncology', gender: 2, reps: ['lina', 'wanglei'], nickname: '佳期' },
  { key: 'XieZhiyuan', name: '谢志远', nameEn: 'Xie Zhiyuan', title: '主任医师', hospital: 'RENHE', department: '病理科', specialty: 'pathology', gender: 1, reps: wanglei, nickname: '志远' },
  { key: 'HanXue', name: '韩雪', nameEn: 'Han Xue', title: '主治医师', hospital: 'JIANGCHENG1', department: '肿瘤科', specialty: 'oncology', gender: 2, reps: wanglei, nickname: '雪落无声' },
  { key: 'TangJiayi', name: '唐嘉怡', nameEn: 'Tang Jiayi', title: '副主任医师', hospital: 'BINHAI', department: '放疗科', specialty: 'radiation', gender: 2, reps: ['lina'], nickname: '怡然' },
  { key: 'FengGuodong', name: '冯国栋', nameEn: 'Feng Guodong', title: '主任医师', hospital: 'YUNSHAN', department: '胸部肿瘤科', specialty: 'oncology', gender: 1, reps: ['zhaomin'], nickname: '老冯', account: { post: '科主任' } },
  { key: 'YuXiaoyan', name: '于晓燕', nameEn: 'Yu Xiaoyan', title: '副主任医师', hospital: 'YUNSHAN', department: '胸部肿瘤科', specialty: 'oncology', gender: 2, reps: ['zhaomin'], nickname: '燕子' },
  { key: 'DongHaitao', name: '董海涛', nameEn: 'Dong Haitao', title: '主治医师', hospital: 'YUNSHAN', department: '呼吸与危重症医学科', specialty: 'respiratory', gender: 1, reps: ['zhaomin'], nickname: '海涛' },
  { key: 'XiaoZihan', name: '萧子涵', nameEn: 'Xiao Zihan', title: '住院医师', hospital: 'YUNSHAN', department: '胸部肿瘤科', specialty: 'oncology', gender: 2, reps: [], inWeCom: false },
  { key: 'ChengYiming', name: '程一鸣', nameEn: 'Cheng Yiming', title: '副主任医师', hospital: 'JIANGCHENG1', department: '胸外科', specialty: 'thoracic', gender: 1, reps: ['liuyang-left'], nickname: '一鸣' },
  { key: 'CaoYawen', name: '曹雅文', nameEn: 'Cao Yawen', title: '主治医师', hospital: 'RENHE', department: '肿瘤内科', specialty: 'oncology', gender: 2, reps: ['wanglei', 'sunyue'], nickname: '雅文' },
  { key: 'YuanHao', name: '袁浩', nameEn: 'Yuan Hao', title: '住院医师', hospital: 'YUNSHAN', department: '病理科', specialty: 'pathology', gender: 1, reps: ['zhaomin'], nickname: '浩浩' },
  { key: 'DengHuimin', name: '邓慧敏', nameEn: 'Deng Huimin', title: '主治医师', hospital: 'TIANSHAN', department: '心血管内科', specialty: 'cardiology', gender: 2, reps: ['chenhao'], nickname: '慧敏' },
  { key: 'Nurlan', name: '努尔兰·哈森', nameEn: 'Nurlan Hasen', title: '主任医师', hospital: 'TIANSHAN', department: '肿瘤科', specialty: 'oncology', gender: 1, reps: ['chenhao'], nickname: 'Nurlan' },
  { key: 'Gulnar', name: '古丽娜尔·艾合买提', nameEn: 'Gulnar Ahmat', title: '住院医师', hospital: 'TIANSHAN', department: '肿瘤科', specialty: 'oncology', gender: 2, reps: ['chenhao'], nickname: 'Gulnar🌷' },
]

const territoryOf: Record<string, string> = {
  RENHE: 'east',
  JIANGCHENG1: 'east',
  BINHAI: 'east',
  YUNSHAN: 'south',
  TIANSHAN: 'west',
}

/** Contacts nobody matched yet: the first has candidates (three doctors of that name), the second has none. */
const unmatched: Contact[] = [
  {
    externalUserId: 'wmDemoUnmatched',
    nickname: 'Dr.Z 仁和',
    avatarHue: 265,
    gender: 1,
    accountId: null,
    follows: [
      { rep: 'wanglei', remark: '张伟', followedAt: { days: -1, at: '16:20' }, addWay: 1, state: 'wanglei-card' },
    ],
  },
  {
    externalUserId: 'wmDemoStillWater',
    nickname: '静水流深',
    avatarHue: 190,
    gender: 0,
    accountId: null,
    follows: [{ rep: 'wanglei', remark: '', followedAt: { days: -3, at: '11:05' }, addWay: 3 }],
  },
]

export const accounts: Account[] = doctors.map((doctor, index) => ({
  id: accountId(doctor),
  name: doctor.name,
  nameEn: doctor.nameEn,
  title: doctor.title,
  hospital: doctor.hospital,
  department: doctor.department,
  specialty: doctor.specialty,
  territory: territoryOf[doctor.hospital] ?? 'east',
  hcpVerified: true,
  licenceNumber: `DEMO-LIC-${String(index + 1).padStart(6, '0')}`,
  active: true,
  ...doctor.account,
}))

export const contacts: Contact[] = [
  ...doctors.filter((doctor) => doctor.inWeCom !== false).map(contactOf),
  ...unmatched,
]

export function accountId(doctor: Doctor): string {
  return `HCP-${doctor.key}`
}

export function externalUserId(doctor: Doctor): string {
  return `wmDemo${doctor.key}`
}

function contactOf(doctor: Doctor, index: number): Contact {
  const followedDaysAgo = 420 + ((index * 37) % 160)
  return {
    externalUserId: externalUserId(doctor),
    nickname: doctor.nickname ?? doctor.name,
    avatarHue: (index * 137) % 360,
    gender: doctor.gender,
    accountId: accountId(doctor),
    matchedBy: { person: doctor.reps[0] ?? 'wanglei', at: { days: 1 - followedDaysAgo, at: '09:10' } },
    follows: doctor.reps.map((rep, nth) => follow(doctor, rep, followedDaysAgo - nth * 30)),
  }
}

function follow(doctor: Doctor, rep: string, daysAgo: number): Follow {
  return {
    rep,
    remark: doctor.remark ?? doctor.name,
    followedAt: { days: -daysAgo, at: '10:15' },
    addWay: 1,
    state: `${rep}-card`,
  }
}
