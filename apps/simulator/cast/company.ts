import type { Company, Hospital, Named, RepGroup } from './world-types.ts'

export const company: Company = {
  name: '示例药业',
  nameEn: 'Example Pharma',
  corpId: 'wwdemo0000000001',
  agentId: 1000002,
  address: '江城市（示例）示范大道 1 号',
  safetyPhone: '400-000-0000',
  safetyEmail: 'safety@example.com',
}

export const territories: Named[] = [
  { code: 'east', name: '华东', nameEn: 'East China' },
  { code: 'south', name: '华南', nameEn: 'South China' },
  { code: 'west', name: '西北', nameEn: 'North-west China' },
]

export const specialties: Named[] = [
  { code: 'oncology', name: '肿瘤内科', nameEn: 'Medical oncology' },
  { code: 'radiation', name: '放射治疗', nameEn: 'Radiation oncology' },
  { code: 'thoracic', name: '胸外科', nameEn: 'Thoracic surgery' },
  { code: 'respiratory', name: '呼吸与危重症', nameEn: 'Respiratory medicine' },
  { code: 'pathology', name: '病理', nameEn: 'Pathology' },
  { code: 'cardiology', name: '心血管内科', nameEn: 'Cardiology' },
]

/** Lines of reps, by what they speak about. */
export const repGroups: RepGroup[] = [
  {
    ...{ code: 'oncology-line', name: '肿瘤线', nameEn: 'Oncology line' },
    reps: ['wanglei', 'lina', 'zhaomin', 'chenhao', 'sunyue'],
  },
  { code: 'respiratory-line', name: '呼吸线', nameEn: 'Respiratory line', reps: ['zhaomin'] },
  { code: 'cardio-line', name: '心血管线', nameEn: 'Cardiovascular line', reps: ['chenhao'] },
]

/** Invented products: the names say so. */
export const products: Named[] = [
  { code: 'EXMAB', name: '示例单抗注射液', nameEn: 'Exemplimab injection' },
  { code: 'EXTIN', name: '示例替尼片', nameEn: 'Exemplitinib tablets' },
  { code: 'EXAIR', name: '示例舒吸入粉雾剂', nameEn: 'Exemplair inhalation powder' },
  { code: 'EXBAR', name: '示例平缓释片', nameEn: 'Exemplibar prolonged-release tablets' },
]

export const hospitals: Hospital[] = [
  {
    code: 'RENHE',
    name: '仁和医院（示例）',
    nameEn: 'Renhe Hospital (Example)',
    city: '江城市（示例）',
    level: '三级甲等',
    territory: 'east',
    aliases: ['仁和', 'renhe', 'rhyy'],
  },
  {
    code: 'JIANGCHENG1',
    name: '江城第一人民医院（示例）',
    nameEn: 'Jiangcheng First People’s Hospital (Example)',
    city: '江城市（示例）',
    level: '三级甲等',
    territory: 'east',
    aliases: ['市一', '江城一院', 'jcyy'],
  },
  {
    code: 'BINHAI',
    name: '滨海医学院附属医院（示例）',
    nameEn: 'Binhai Medical College Hospital (Example)',
    city: '滨海市（示例）',
    level: '三级甲等',
    territory: 'east',
    aliases: ['滨医附院', '附院', 'byfy'],
  },
  {
    code: 'YUNSHAN',
    name: '云山肿瘤医院（示例）',
    nameEn: 'Yunshan Cancer Hospital (Example)',
    city: '云山市（示例）',
    level: '三级甲等',
    territory: 'south',
    aliases: ['云肿', '肿瘤医院', 'yszl'],
  },
  {
    code: 'TIANSHAN',
    name: '天山中心医院（示例）',
    nameEn: 'Tianshan Central Hospital (Example)',
    city: '天山市（示例）',
    level: '三级甲等',
    territory: 'west',
    aliases: ['天山中心', 'tszx'],
  },
]
