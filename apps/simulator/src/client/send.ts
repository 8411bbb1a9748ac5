import type { Simulator } from '../simulator.ts'
import type { ChatEntry } from '../store.ts'

/** Puts a message of the rep into the open chat; it arrives on the doctor's phone unless the doctor is gone. */
export function appendSent(simulator: Simulator, message: Record<string, unknown>): void {
  const { rep, hcp, entry } = simulator.store.session
  const msgtype = String(message['msgtype'])
  const body = (message[msgtype] ?? {}) as Record<string, unknown>
  appendChat(simulator, {
    userid: rep,
    externalUserid: entry === 'group_chat_tools' ? 'group' : hcp,
    from: 'rep',
    msgtype,
    body,
  })
}

/** Adds a line to a chat. A doctor who deleted the rep does not get it, and the client says so. */
export function appendChat(simulator: Simulator, line: Omit<ChatEntry, 'id' | 'at'>): void {
  const { store } = simulator
  store.chats.push({ ...line, id: simulator.newId(), at: simulator.now() })
  const follow = store.follows.find((one) => one.userid === line.userid && one.externalUserid === line.externalUserid)
  if (line.from === 'rep' && follow?.deletedBy === 'contact')
    store.chats.push({
      ...line,
      from: 'system',
      msgtype: 'rejected',
      body: {},
      id: simulator.newId(),
      at: simulator.now(),
    })
  simulator.feed.tell('chat', `${line.from}: ${line.msgtype}`, true, line.body)
  simulator.feed.changed()
}
