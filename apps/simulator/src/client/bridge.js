// Placed first in the head of pages opened inside a phone of the stage. No dependencies; runs before the page's scripts.
// Makes the page believe in the client (user agent, platform), gives it WeixinJSBridge, and lets the stage's demo press buttons.
;(function (settings) {
  'use strict'
  if (window.parent === window) return

  var stage = settings.stage
  var pageId = Math.random().toString(36).slice(2) + Date.now().toString(36)
  var waiting = {}
  var handlers = {}
  var calls = 0

  function define(target, name, value) {
    Object.defineProperty(target, name, { get: function () { return value }, configurable: true }) // prettier-ignore
  }

  function post(message) {
    message.phone = settings.phone
    message.pageId = pageId
    window.parent.postMessage(message, stage)
  }

  function here() {
    return location.href.split('#')[0]
  }

  define(navigator, 'userAgent', settings.userAgent)
  define(navigator, 'platform', settings.platform)
  define(navigator, 'maxTouchPoints', settings.touchPoints)
  define(navigator, 'language', settings.language)
  define(navigator, 'languages', Object.freeze([settings.language]))
  if (!settings.online) define(navigator, 'onLine', false)

  // Functions in params (success, fail, cancel, complete) stay here: the SDK calls them itself.
  function invoke(name, params, callback) {
    calls += 1
    waiting[calls] = callback
    post({ kind: 'invoke', id: calls, name: name, params: JSON.parse(JSON.stringify(params || {})), href: here() })
  }

  function install() {
    window.WeixinJSBridge = {
      invoke: invoke,
      on: function (event, handler) {
        handlers[event] = (handlers[event] || []).concat(handler)
      },
    }
    document.dispatchEvent(new Event('WeixinJSBridgeReady'))
  }

  if (settings.lateMs > 0) setTimeout(install, settings.lateMs)
  else install()

  var moves = {
    reply: function (message) {
      var callback = waiting[message.id]
      if (typeof callback === 'function') callback(message.result)
    },
    emit: function (message) {
      ;(handlers[message.event] || []).forEach(function (handler) {
        handler(message.detail || {})
      })
    },
    online: function (message) {
      define(navigator, 'onLine', message.online)
      window.dispatchEvent(new Event(message.online ? 'online' : 'offline'))
    },
    looked: function () {
      window.dispatchEvent(new Event('focus'))
      document.dispatchEvent(new Event('visibilitychange'))
    },
    back: function () {
      history.back()
    },
    drive: function (message) {
      drive(message, Date.now() + message.step.withinMs)
    },
  }

  window.addEventListener('message', function (event) {
    if (event.source !== window.parent || event.origin !== stage || !event.data) return
    var move = moves[event.data.kind]
    if (move) move(event.data)
  })

  // ---- the demo's finger -------------------------------------------------------------------------------------------

  function nameOf(element) {
    var labelled = element.getAttribute('aria-labelledby')
    var parts = labelled
      ? labelled.split(/\s+/).map(function (id) { return (document.getElementById(id) || {}).textContent }) // prettier-ignore
      : [
          element.getAttribute('aria-label') ||
            (element.labels && element.labels[0] && element.labels[0].textContent) ||
            element.textContent ||
            element.value ||
            element.title ||
            element.alt,
        ]
    return parts.join(' ').replace(/\s+/g, ' ').trim()
  }

  var selectors = {
    button: 'button,[role=button],input[type=submit],summary',
    link: 'a[href],[role=link]',
    tab: '[role=tab]',
    checkbox: 'input[type=checkbox],[role=checkbox]',
    radio: 'input[type=radio],[role=radio]',
    text: 'h1,h2,h3,p,li,span,strong,[role=status],[role=alert]',
  }

  function shown(element) {
    var box = element.getBoundingClientRect()
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden'
  }

  function find(step) {
    var pattern = new RegExp(step.name, 'i')
    var selector = step.roles
      .map(function (role) {
        return selectors[role]
      }) // prettier-ignore
      .join(',')
    var open = document.querySelectorAll('dialog[open],[role=dialog]')
    var roots = open.length && !step.anywhere ? [open[open.length - 1], document] : [document]
    for (var r = 0; r < roots.length; r += 1) {
      var all = roots[r].querySelectorAll(selector)
      for (var i = 0; i < all.length; i += 1)
        if (
          shown(all[i]) &&
          !all[i].disabled &&
          all[i].getAttribute('aria-disabled') !== 'true' &&
          pattern.test(nameOf(all[i]))
        )
          return all[i]
    }
    return null
  }

  function drive(message, until) {
    var step = message.step
    if (step.action === 'scroll') {
      window.scrollBy({ top: step.by, behavior: 'smooth' })
      return post({ kind: 'driven', id: message.id, ok: true })
    }
    var element = find(step)
    if (!element) {
      if (Date.now() > until) return post({ kind: 'driven', id: message.id, ok: false })
      return setTimeout(drive, 200, message, until)
    }
    if (step.action === 'wait') return post({ kind: 'driven', id: message.id, ok: true })
    element.scrollIntoView({ block: 'center', behavior: 'smooth' })
    setTimeout(press, step.pauseMs || 700, element, message.id)
  }

  function press(element, id) {
    if (element.animate)
      element.animate(
        [
          { boxShadow: '0 0 0 0 rgba(26,102,214,.9)' },
          { boxShadow: '0 0 0 6px rgba(26,102,214,.55)' },
          { boxShadow: '0 0 0 18px rgba(26,102,214,0)' },
        ],
        { duration: 700 },
      )
    setTimeout(function () {
      post({ kind: 'driven', id: id, ok: true })
      element.click()
    }, 350)
  }

  window.addEventListener('DOMContentLoaded', function () {
    post({ kind: 'loaded', href: location.href, title: document.title })
  })
})(__SETTINGS__)
