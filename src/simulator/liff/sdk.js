// A stand-in for LINE's LIFF SDK, for pages that run in Engawa's simulator. LINE's own knows LINE's hosts only.
//
// Load it in place of https://static.line-scdn.net/liff/edge/2/sdk.js: the same path at the simulator's address.
// It is the public LIFF v2 API as LINE documents it, written anew: https://developers.line.biz/en/reference/liff/
// What a page tells the phone around it: {source: 'liff', type: 'closeWindow'} and
// {source: 'liff', type: 'openWindow', url, external}, by postMessage to its parent.
(() => {
  'use strict';

  /** Where this file came from is where the simulator is. */
  const BASE = new URL(document.currentScript.src).origin;
  const STORE = 'LIFF_STORE:';
  const INSIDE = `${STORE}inside`;
  const PERMISSIONS = ['profile', 'chat_message.write', 'openid', 'email'];
  /** What LINE and the simulator add to the address of a page, and the page is not to keep. */
  const PASSING = ['access_token', 'id_token', 'code', 'state', 'liffClientId', 'liffRedirectUri', 'liff.state',
    'friendship_status_changed', 'error', 'error_description'];

  class LiffError extends Error {
    constructor(code, message, cause) {
      super(message);
      this.name = 'LiffError';
      this.code = String(code);
      if (cause !== undefined) this.cause = cause;
    }
  }

  const never = () => new Promise(() => {});
  const encode = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  const decode = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  const random = (count) => encode(crypto.getRandomValues(new Uint8Array(count)));

  // --- what is known

  let config = null;
  let accessToken = null;
  let idToken = null;
  let claims = null;
  let granted = [];
  let phone = null;
  let lang = null;
  let extraQuery = '';
  let isReady;

  /** Inside of LINE: opened by a phone, which gave its credentials along. */
  const inside = () => {
    const query = new URLSearchParams(location.search);
    return (query.has('access_token') && !query.has('code')) || sessionStorage.getItem(INSIDE) === '1';
  };
  const store = () => (inside() ? sessionStorage : localStorage);
  const remember = () => store().setItem(STORE + liff.id, JSON.stringify({ accessToken, idToken }));

  function recall() {
    const kept = JSON.parse(store().getItem(STORE + liff.id) || '{}');
    accessToken = kept.accessToken || null;
    idToken = kept.idToken || null;
  }

  function forget() {
    sessionStorage.removeItem(STORE + liff.id);
    localStorage.removeItem(STORE + liff.id);
    accessToken = idToken = claims = null;
    granted = [];
  }

  // --- asking the simulator

  async function ask(path, body, token = accessToken) {
    const headers = {};
    if (token) headers.authorization = `Bearer ${token}`;
    const form = body instanceof URLSearchParams;
    if (body && !form) headers['content-type'] = 'application/json';
    let answer;
    try {
      answer = await fetch(BASE + path, {
        method: body ? 'POST' : 'GET',
        headers,
        body: form || !body ? body : JSON.stringify(body),
      });
    } catch (error) {
      throw new LiffError('UNKNOWN', 'Network error', error);
    }
    const value = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new LiffError(answer.status, value.message || value.error_description || answer.statusText);
    return value;
  }

  function needToken() {
    if (!accessToken) throw new LiffError('UNAUTHORIZED', 'Need access_token for api call, Please login first');
  }

  /** The claims of the ID token, if the platform signed them for this channel and they have not ended. */
  async function check(token) {
    try {
      const [head, middle, end] = token.split('.');
      const { alg, kid } = JSON.parse(new TextDecoder().decode(decode(head)));
      const found = JSON.parse(new TextDecoder().decode(decode(middle)));
      if (found.aud !== config.channelId || found.iss !== 'https://access.line.me') return null;
      // Browsers have their cryptography on https and on this machine only.
      if (crypto.subtle && alg === 'ES256') {
        const { keys } = await ask('/oauth2/v2.1/certs', null, null);
        const jwk = keys.find((key) => key.kid === kid);
        const curve = { name: 'ECDSA', namedCurve: 'P-256' };
        const key = await crypto.subtle.importKey('jwk', jwk, curve, false, ['verify']);
        const bytes = new TextEncoder().encode(`${head}.${middle}`);
        const good = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, decode(end), bytes);
        if (!good) return null;
      }
      return found;
    } catch {
      return null;
    }
  }

  // --- addresses

  function without(url, names) {
    const clean = new URL(url);
    for (const name of names) clean.searchParams.delete(name);
    return clean;
  }

  const related = (url, endpoint) => {
    const [page, top] = [new URL(url), new URL(endpoint)];
    const path = top.pathname.replace(/\/$/, '');
    return page.origin === top.origin && (page.pathname === path || page.pathname.startsWith(`${path}/`));
  };

  /** Endpoint URL and what the LIFF URL said after the id, in one: where the page really is. */
  function secondary(endpoint, state) {
    const url = new URL(endpoint);
    const [, path, query, hash] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(state);
    if (path) url.pathname = `${url.pathname.replace(/\/$/, '')}/${path.replace(/^\/+/, '')}`;
    for (const [name, value] of new URLSearchParams(query || '')) url.searchParams.append(name, value);
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (name.startsWith('liff.') && name !== 'liff.state') url.searchParams.append(name, value);
    }
    url.hash = hash || location.hash;
    return url;
  }

  /** A LIFF URL, LINE's or ours, as this phone opens it; null when it is another address. */
  function liffUrl(href) {
    const url = new URL(href, location.href);
    const ours = url.origin === BASE && /^\/liff\/\d+-\w/.test(url.pathname);
    const lines = ['liff.line.me', 'miniapp.line.me'].includes(url.hostname) && /^\/\d+-\w/.test(url.pathname);
    if (!ours && !lines) return null;
    const target = new URL((ours ? '' : '/liff') + url.pathname + url.search + url.hash, BASE);
    if (phone && phone.inside) {
      target.searchParams.set('sim_user', phone.user);
      if (phone.room) target.searchParams.set('sim_room', phone.room);
    }
    return target.href;
  }

  // --- beginning

  async function begin({ liffId, withLoginOnExternalBrowser } = {}) {
    if (!liffId) throw new LiffError('INVALID_CONFIG', 'liffId is necessary for liff.init()');
    liff.id = liffId;
    const query = new URLSearchParams(location.search);
    let back = null;
    if (query.has('access_token')) {
      sessionStorage.setItem(INSIDE, '1');
      accessToken = query.get('access_token');
      idToken = query.get('id_token');
      remember();
    } else {
      back = await exchange(query);
      if (!back) recall();
    }
    const look = () => ask(`/liff/v2/apps?liffId=${encodeURIComponent(liffId)}`);
    const found = await look().catch((error) => {
      // A token that has ended is as good as none.
      if (error.code !== '401') throw error;
      forget();
      return look();
    });
    config = { ...found, ...found.context };
    granted = found.granted || [];
    phone = found.simulator || null;
    if (idToken) {
      claims = await check(idToken);
      if (!claims) throw new LiffError('INVALID_ID_TOKEN', 'Invalid ID token');
    }
    const next = query.has('liff.state') ? secondary(config.endpointUrl, query.get('liff.state')) : back && new URL(back);
    const clean = without(location.href, PASSING);
    if (next && next.href.split('#')[0] !== clean.href.split('#')[0]) {
      location.replace(next.href);
      return never();
    }
    if (next) clean.hash = next.hash;
    if (clean.href !== location.href) history.replaceState(history.state, '', clean.href);
    if (!related(location.href, config.endpointUrl)) {
      console.warn('liff.init() was called with a current URL that is not related to the endpoint URL.\n' +
        `${location.href} is not under ${config.endpointUrl}`);
    }
    if (withLoginOnExternalBrowser && !inside() && !accessToken) {
      await liff.login({ redirectUri: related(location.href, config.endpointUrl) ? location.href : undefined });
      return never();
    }
    return undefined;
  }

  /** Back from the login page: the code becomes tokens. Answers where the page wanted to be. */
  async function exchange(query) {
    const kept = JSON.parse(sessionStorage.getItem(`${STORE}login:${liff.id}`) || 'null');
    if (!kept || query.get('state') !== kept.state) return null;
    sessionStorage.removeItem(`${STORE}login:${liff.id}`);
    if (query.has('error')) throw new LiffError('UNAUTHORIZED', query.get('error_description') || query.get('error'));
    const answer = await ask('/oauth2/v2.1/token', new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: query.get('liffClientId') || '',
      code: query.get('code') || '',
      redirect_uri: kept.redirectUri,
      code_verifier: kept.verifier,
    }), null);
    accessToken = answer.access_token;
    idToken = answer.id_token || null;
    remember();
    return query.get('liffRedirectUri');
  }

  async function login({ redirectUri } = {}) {
    if (inside()) {
      console.warn('liff.login() is not available in the LIFF browser');
      return;
    }
    if (!crypto.subtle) throw new LiffError('FORBIDDEN', 'liff.login() needs https');
    const [verifier, state] = [random(48), random(16)];
    const target = redirectUri || config.endpointUrl;
    sessionStorage.setItem(`${STORE}login:${liff.id}`, JSON.stringify({ verifier, state, redirectUri: target }));
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    const request = new URLSearchParams({
      app_id: liff.id,
      client_id: config.channelId,
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: encode(digest),
      redirect_uri: target,
      scope: config.scope.join(' '),
      state,
    });
    if (config.botPrompt !== 'none') request.set('bot_prompt', config.botPrompt);
    location.assign(`${BASE}/liff/v1/authorize?${request}`);
  }

  // --- pages and questions laid over this one

  function layer(fill) {
    const dialog = document.createElement('dialog');
    dialog.style.cssText = 'inline-size:min(92vw,26rem);block-size:min(80vh,38rem);padding:0;border:0;border-radius:12px';
    document.body.append(dialog);
    return new Promise((resolve) => {
      const close = (value) => {
        dialog.remove();
        resolve(value);
      };
      dialog.addEventListener('cancel', () => close(undefined));
      fill(dialog, close);
      dialog.showModal();
    });
  }

  /** One of the simulator's own pages; answers `success`, `failed`, or nothing when it was closed. */
  function page(url) {
    return layer((dialog, close) => {
      const frame = document.createElement('iframe');
      frame.title = 'LINE';
      frame.src = url;
      frame.style.cssText = 'inline-size:100%;block-size:100%;border:0';
      dialog.append(frame);
      const hear = ({ origin, source, data }) => {
        if (origin !== BASE || source !== frame.contentWindow || !data || data.type !== 'done') return;
        removeEventListener('message', hear);
        close(data.status);
      };
      addEventListener('message', hear);
    });
  }

  const SCAN = {
    en: ['What does the code say?', 'Read', 'Cancel'],
    ja: ['コードの内容', '読み取る', 'キャンセル'],
    th: ['โค้ดมีข้อความว่าอะไร', 'อ่าน', 'ยกเลิก'],
    zh: ['行動條碼的內容', '讀取', '取消'],
  };

  /** There is no camera here: whoever plays types what the code says. */
  function scan() {
    const [question, read, cancel] = SCAN[(lang || navigator.language).slice(0, 2)] || SCAN.en;
    return layer((dialog, close) => {
      dialog.style.blockSize = 'auto';
      const form = document.createElement('form');
      form.style.cssText = 'display:grid;gap:12px;padding:16px;font:inherit';
      const label = document.createElement('label');
      label.textContent = question;
      const input = document.createElement('input');
      input.style.cssText = 'display:block;inline-size:100%;min-block-size:44px;box-sizing:border-box;font:inherit';
      input.name = 'value';
      label.append(input);
      const button = (text, type) => {
        const made = document.createElement('button');
        made.type = type;
        made.textContent = text;
        made.style.cssText = 'min-block-size:44px;font:inherit';
        return made;
      };
      const stop = button(cancel, 'button');
      stop.addEventListener('click', () => close(undefined));
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        close(input.value);
      });
      form.append(label, button(read, 'submit'), stop);
      dialog.append(form);
    });
  }

  const tell = (type, more) => window.parent.postMessage({ source: 'liff', type, ...more }, BASE);

  function checkMessages(messages) {
    if (!Array.isArray(messages)) throw new LiffError('INVALID_ARGUMENT', "Required parameter 'messages' must be an array");
    if (messages.length < 1 || messages.length > 5) {
      throw new LiffError('INVALID_ARGUMENT', 'Number of messages should be in range 1 to 5.');
    }
  }

  function permanentLink(href) {
    const [url, endpoint] = [new URL(href), new URL(config.endpointUrl)];
    if (!related(href, config.endpointUrl)) {
      throw new LiffError('INVALID_CONFIG', 'currentPageUrl must start with endpoint URL of LIFF App.');
    }
    const own = [...endpoint.searchParams].map(String);
    const pairs = [...url.searchParams].filter((pair) => !own.includes(String(pair)) && !PASSING.includes(pair[0]));
    const path = url.pathname.slice(endpoint.pathname.replace(/\/$/, '').length).replace(/^\/$/, '');
    const query = [new URLSearchParams(pairs).toString(), extraQuery].filter(Boolean).join('&');
    return `${BASE}/liff/${liff.id}${path}${query && `?${query}`}${url.hash}`;
  }

  // --- LIFF

  const liff = {
    id: null,
    ready: new Promise((resolve) => (isReady = resolve)),

    async init(settings, success, failure) {
      try {
        await begin(settings);
        isReady();
        if (success) success();
      } catch (error) {
        const known = error instanceof LiffError ? error : new LiffError('INIT_FAILED', 'Failed to init LIFF SDK', error);
        if (failure) failure(known);
        throw known;
      }
    },

    use(plugin, option) {
      if (!plugin || typeof plugin.install !== 'function' || !plugin.name) {
        throw new LiffError('INVALID_ARGUMENT', 'A plugin needs a name and install()');
      }
      liff[`$${plugin.name}`] = plugin.install({ liff }, option);
      return liff;
    },

    getOS() {
      if (/iPhone|iPad|iPod/.test(navigator.userAgent)) return 'ios';
      return /Android/.test(navigator.userAgent) ? 'android' : 'web';
    },
    getLanguage: () => navigator.language,
    getAppLanguage: () => navigator.language,
    getVersion: () => '2.31.0',
    getLineVersion: () => (inside() ? '15.20.0' : null),
    isInClient: () => inside(),
    isLoggedIn: () => accessToken !== null,
    login(settings) {
      if (!config) throw new LiffError('INIT_FAILED', 'Call liff.init() first');
      return login(settings);
    },
    logout: forget,
    getAccessToken: () => accessToken,
    getIDToken: () => idToken,
    getDecodedIDToken: () => claims && { ...claims },
    getContext: () => (config ? structuredClone(config.context) : null),

    isApiAvailable(name) {
      const can = (feature) => !!config && config.availability[feature].permission;
      switch (name) {
        case 'shareTargetPicker':
          return can(name) && accessToken !== null;
        case 'multipleLiffTransition':
          return can(name) && inside();
        case 'scanCodeV2':
          return inside() ? can(name) && config.viewType === 'full' : true;
        case 'scanCode':
        case 'iap':
        case 'createShortcutOnHomeScreen':
        case 'skipChannelVerificationScreen':
          return false;
        default:
          throw new LiffError('INVALID_ARGUMENT', 'Unexpected API name.');
      }
    },

    async getProfile() {
      needToken();
      return ask('/v2/profile');
    },
    async getFriendship() {
      needToken();
      return ask('/friendship/v1/status');
    },
    async requestFriendship() {
      needToken();
      if (!inside() || config.viewType !== 'full') {
        throw new LiffError('FORBIDDEN', 'subwindowOpen is not allowed in this LIFF app');
      }
      const opened = await ask('/liff/v2/friendship', {}).catch((error) => {
        throw error.code === '403' ? new LiffError('FORBIDDEN', error.message) : error;
      });
      await page(opened.page);
    },

    permission: {
      async getGrantedAll() {
        needToken();
        return granted.slice();
      },
      async query(permission) {
        if (!PERMISSIONS.includes(permission)) throw new LiffError('INVALID_ARGUMENT', 'Unexpected permission name.');
        if (!config.scope.includes(permission)) return { state: 'unavailable' };
        return { state: granted.includes(permission) ? 'granted' : 'prompt' };
      },
      async requestAll() {
        const all = config.scope.every((scope) => granted.includes(scope));
        // Only LINE MINI Apps can ask again.
        throw new LiffError('FORBIDDEN', all
          ? 'All permissions have already been approved.'
          : 'SkipChannelVerificationScreen is unavailable.');
      },
    },

    openWindow({ url, external = false } = {}) {
      if (typeof url !== 'string' || !URL.canParse(url)) throw new LiffError('INVALID_ARGUMENT', 'Invalid parameters for liff.openWindow()');
      if (!inside()) window.open(url, '_blank', 'noopener');
      else if (!external && liffUrl(url)) location.assign(liffUrl(url));
      else tell('openWindow', { url, external });
    },
    closeWindow() {
      if (inside()) tell('closeWindow');
      else window.close();
    },

    async sendMessages(messages) {
      checkMessages(messages);
      needToken();
      if (!inside()) throw new LiffError('403', "user doesn't grant required permissions yet");
      await ask('/message/v3/share', { messages });
    },
    async shareTargetPicker(messages, { isMultiple = true } = {}) {
      needToken();
      checkMessages(messages);
      const opened = await ask('/liff/v2/share', { messages, isMultiple });
      const status = await page(opened.page);
      if (status === 'failed') throw new LiffError('EXCEPTION_IN_SUBWINDOW', 'The target picker was open for too long');
      return status ? { status } : undefined;
    },

    async scanCodeV2() {
      if (!liff.isApiAvailable('scanCodeV2')) throw new LiffError('FORBIDDEN', 'scanCodeV2 is not allowed in this LIFF app');
      const value = await scan();
      return { value: value === undefined ? null : value };
    },

    permanentLink: {
      createUrlBy: async (url) => permanentLink(url),
      createUrl: () => permanentLink(location.href),
      setExtraQueryParam(extra) {
        extraQuery = extra;
      },
    },

    i18n: {
      async setLang(tag) {
        lang = tag;
      },
    },
  };

  // Links from one LIFF app to another open for the same friend.
  addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0 || !phone || !phone.inside) return;
    const target = liffUrl(link.href);
    if (target) {
      event.preventDefault();
      location.assign(target);
    }
  });

  window.liff = liff;
})();
