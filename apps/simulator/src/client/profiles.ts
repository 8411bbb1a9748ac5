import type { Platform } from '../session.ts'

/** What a page sees of the client it runs in (wecom-platform.md 1.8, 1.9.1). */
export type Profile = { userAgent: string; platform: string; touchPoints: number }

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const blink = 'AppleWebKit/537.36 (KHTML, like Gecko)'

/** The WeCom client of a rep. An old client is older than sendChatMessage (2.8.10). */
export function wecomProfile(platform: Platform, old: boolean): Profile {
  const version = old ? '2.7.2' : '4.1.36'
  const profiles: Record<Platform, Profile> = {
    ios: {
      userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${webkit} Mobile/15E148 wxwork/${version} MicroMessenger/7.0.1 Language/zh`,
      platform: 'iPhone',
      touchPoints: 5,
    },
    android: {
      userAgent: `Mozilla/5.0 (Linux; Android 14; wv) ${blink} Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 wxwork/${version} MicroMessenger/7.0.1 NetType/WIFI Language/zh`,
      platform: 'Linux armv8l',
      touchPoints: 5,
    },
    windows: {
      userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/120.0.0.0 Safari/537.36 wxwork/${version} (MicroMessenger/6.2) WindowsWechat MailPlugin_Electron WeMail embeddisk`,
      platform: 'Win32',
      touchPoints: 0,
    },
    mac: {
      userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} wxwork/${version} (MicroMessenger/6.2) WeChat/2.0.4`,
      platform: 'MacIntel',
      touchPoints: 0,
    },
  }
  return profiles[platform]
}

/** The doctor's personal WeChat; another phone has another browser. */
export function wechatProfile(secondDevice: boolean): Profile {
  if (secondDevice)
    return {
      userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${webkit} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN`,
      platform: 'iPhone',
      touchPoints: 5,
    }
  return {
    userAgent: `Mozilla/5.0 (Linux; Android 14; wv) ${blink} Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 XWEB/1200 MMWEBSDK/20240501 MicroMessenger/8.0.49.2600(0x28003137) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN`,
    platform: 'Linux armv8l',
    touchPoints: 5,
  }
}
