import type { AccountRow } from '@vouch/contract'

export type WordLanguage = 'zh' | 'en'
type Words = {
  headings: string[]
  verified: string
  unverified: string
  active: string
  inactive: string
  merged: string
  source: Record<NonNullable<AccountRow['verifiedSource']>, string>
  madeBy: (name: string, at: string) => string
}

/** The words of an exported table, as the page shows them. */
export const accountWords: Record<WordLanguage, Words> = {
  zh: {
    headings: [
      ...['编号', '医生编码', '姓名', '职称', '医院', '科室', '片区', '执业身份', '执业证书编码', '核实依据', '状态'],
      ...['企业微信联系人', '待查的重复'],
    ],
    ...{ verified: '已核实', unverified: '未核实', active: '在用', inactive: '停用', merged: '已合并' },
    source: {
      ...{
        list: '公司名单',
        licence_seen: '看过证书',
        registry: '卫健委查询',
        hospital_list: '医院名单',
        other: '其他',
      },
    },
    madeBy: (name, at) => `由 ${name} 于 ${at} 导出`,
  },
  en: {
    headings: [
      ...[
        'Id',
        'Code',
        'Name',
        'Title',
        'Hospital',
        'Department',
        'Territory',
        'Verified',
        'Licence number',
        'Known by',
      ],
      ...['Status', 'WeCom contacts', 'Open duplicates'],
    ],
    ...{ verified: 'Verified', unverified: 'Not verified', active: 'Active', inactive: 'Inactive', merged: 'Merged' },
    source: {
      ...{
        list: 'Company list',
        licence_seen: 'Licence seen',
        registry: 'Public registry',
        hospital_list: 'Hospital list',
      },
      other: 'Other',
    },
    madeBy: (name, at) => `Exported by ${name} at ${at}`,
  },
}
