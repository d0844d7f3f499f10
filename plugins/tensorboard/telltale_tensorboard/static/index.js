const xl = globalThis, Fi = xl.ShadowRoot && (xl.ShadyCSS === void 0 || xl.ShadyCSS.nativeShadow) && "adoptedStyleSheets" in Document.prototype && "replace" in CSSStyleSheet.prototype, Bi = Symbol(), Hr = /* @__PURE__ */ new WeakMap();
let ia = class {
  constructor(e, n, s) {
    if (this._$cssResult$ = !0, s !== Bi) throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");
    this.cssText = e, this.t = n;
  }
  get styleSheet() {
    let e = this.o;
    const n = this.t;
    if (Fi && e === void 0) {
      const s = n !== void 0 && n.length === 1;
      s && (e = Hr.get(n)), e === void 0 && ((this.o = e = new CSSStyleSheet()).replaceSync(this.cssText), s && Hr.set(n, e));
    }
    return e;
  }
  toString() {
    return this.cssText;
  }
};
const ra = (t) => new ia(typeof t == "string" ? t : t + "", void 0, Bi), ys = (t, ...e) => {
  const n = t.length === 1 ? t[0] : e.reduce((s, l, i) => s + ((o) => {
    if (o._$cssResult$ === !0) return o.cssText;
    if (typeof o == "number") return o;
    throw Error("Value passed to 'css' function must be a 'css' function result: " + o + ". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.");
  })(l) + t[i + 1], t[0]);
  return new ia(n, t, Bi);
}, Wc = (t, e) => {
  if (Fi) t.adoptedStyleSheets = e.map((n) => n instanceof CSSStyleSheet ? n : n.styleSheet);
  else for (const n of e) {
    const s = document.createElement("style"), l = xl.litNonce;
    l !== void 0 && s.setAttribute("nonce", l), s.textContent = n.cssText, t.appendChild(s);
  }
}, Fr = Fi ? (t) => t : (t) => t instanceof CSSStyleSheet ? ((e) => {
  let n = "";
  for (const s of e.cssRules) n += s.cssText;
  return ra(n);
})(t) : t;
const { is: Gc, defineProperty: Vc, getOwnPropertyDescriptor: jc, getOwnPropertyNames: qc, getOwnPropertySymbols: Yc, getPrototypeOf: Zc } = Object, Ll = globalThis, Br = Ll.trustedTypes, Kc = Br ? Br.emptyScript : "", Qc = Ll.reactiveElementPolyfillSupport, js = (t, e) => t, Ti = { toAttribute(t, e) {
  switch (e) {
    case Boolean:
      t = t ? Kc : null;
      break;
    case Object:
    case Array:
      t = t == null ? t : JSON.stringify(t);
  }
  return t;
}, fromAttribute(t, e) {
  let n = t;
  switch (e) {
    case Boolean:
      n = t !== null;
      break;
    case Number:
      n = t === null ? null : Number(t);
      break;
    case Object:
    case Array:
      try {
        n = JSON.parse(t);
      } catch {
        n = null;
      }
  }
  return n;
} }, oa = (t, e) => !Gc(t, e), Wr = { attribute: !0, type: String, converter: Ti, reflect: !1, useDefault: !1, hasChanged: oa };
Symbol.metadata ??= Symbol("metadata"), Ll.litPropertyMetadata ??= /* @__PURE__ */ new WeakMap();
let fs = class extends HTMLElement {
  static addInitializer(e) {
    this._$Ei(), (this.l ??= []).push(e);
  }
  static get observedAttributes() {
    return this.finalize(), this._$Eh && [...this._$Eh.keys()];
  }
  static createProperty(e, n = Wr) {
    if (n.state && (n.attribute = !1), this._$Ei(), this.prototype.hasOwnProperty(e) && ((n = Object.create(n)).wrapped = !0), this.elementProperties.set(e, n), !n.noAccessor) {
      const s = Symbol(), l = this.getPropertyDescriptor(e, s, n);
      l !== void 0 && Vc(this.prototype, e, l);
    }
  }
  static getPropertyDescriptor(e, n, s) {
    const { get: l, set: i } = jc(this.prototype, e) ?? { get() {
      return this[n];
    }, set(o) {
      this[n] = o;
    } };
    return { get: l, set(o) {
      const c = l?.call(this);
      i?.call(this, o), this.requestUpdate(e, c, s);
    }, configurable: !0, enumerable: !0 };
  }
  static getPropertyOptions(e) {
    return this.elementProperties.get(e) ?? Wr;
  }
  static _$Ei() {
    if (this.hasOwnProperty(js("elementProperties"))) return;
    const e = Zc(this);
    e.finalize(), e.l !== void 0 && (this.l = [...e.l]), this.elementProperties = new Map(e.elementProperties);
  }
  static finalize() {
    if (this.hasOwnProperty(js("finalized"))) return;
    if (this.finalized = !0, this._$Ei(), this.hasOwnProperty(js("properties"))) {
      const n = this.properties, s = [...qc(n), ...Yc(n)];
      for (const l of s) this.createProperty(l, n[l]);
    }
    const e = this[Symbol.metadata];
    if (e !== null) {
      const n = litPropertyMetadata.get(e);
      if (n !== void 0) for (const [s, l] of n) this.elementProperties.set(s, l);
    }
    this._$Eh = /* @__PURE__ */ new Map();
    for (const [n, s] of this.elementProperties) {
      const l = this._$Eu(n, s);
      l !== void 0 && this._$Eh.set(l, n);
    }
    this.elementStyles = this.finalizeStyles(this.styles);
  }
  static finalizeStyles(e) {
    const n = [];
    if (Array.isArray(e)) {
      const s = new Set(e.flat(1 / 0).reverse());
      for (const l of s) n.unshift(Fr(l));
    } else e !== void 0 && n.push(Fr(e));
    return n;
  }
  static _$Eu(e, n) {
    const s = n.attribute;
    return s === !1 ? void 0 : typeof s == "string" ? s : typeof e == "string" ? e.toLowerCase() : void 0;
  }
  constructor() {
    super(), this._$Ep = void 0, this.isUpdatePending = !1, this.hasUpdated = !1, this._$Em = null, this._$Ev();
  }
  _$Ev() {
    this._$ES = new Promise((e) => this.enableUpdating = e), this._$AL = /* @__PURE__ */ new Map(), this._$E_(), this.requestUpdate(), this.constructor.l?.forEach((e) => e(this));
  }
  addController(e) {
    (this._$EO ??= /* @__PURE__ */ new Set()).add(e), this.renderRoot !== void 0 && this.isConnected && e.hostConnected?.();
  }
  removeController(e) {
    this._$EO?.delete(e);
  }
  _$E_() {
    const e = /* @__PURE__ */ new Map(), n = this.constructor.elementProperties;
    for (const s of n.keys()) this.hasOwnProperty(s) && (e.set(s, this[s]), delete this[s]);
    e.size > 0 && (this._$Ep = e);
  }
  createRenderRoot() {
    const e = this.shadowRoot ?? this.attachShadow(this.constructor.shadowRootOptions);
    return Wc(e, this.constructor.elementStyles), e;
  }
  connectedCallback() {
    this.renderRoot ??= this.createRenderRoot(), this.enableUpdating(!0), this._$EO?.forEach((e) => e.hostConnected?.());
  }
  enableUpdating(e) {
  }
  disconnectedCallback() {
    this._$EO?.forEach((e) => e.hostDisconnected?.());
  }
  attributeChangedCallback(e, n, s) {
    this._$AK(e, s);
  }
  _$ET(e, n) {
    const s = this.constructor.elementProperties.get(e), l = this.constructor._$Eu(e, s);
    if (l !== void 0 && s.reflect === !0) {
      const i = (s.converter?.toAttribute !== void 0 ? s.converter : Ti).toAttribute(n, s.type);
      this._$Em = e, i == null ? this.removeAttribute(l) : this.setAttribute(l, i), this._$Em = null;
    }
  }
  _$AK(e, n) {
    const s = this.constructor, l = s._$Eh.get(e);
    if (l !== void 0 && this._$Em !== l) {
      const i = s.getPropertyOptions(l), o = typeof i.converter == "function" ? { fromAttribute: i.converter } : i.converter?.fromAttribute !== void 0 ? i.converter : Ti;
      this._$Em = l;
      const c = o.fromAttribute(n, i.type);
      this[l] = c ?? this._$Ej?.get(l) ?? c, this._$Em = null;
    }
  }
  requestUpdate(e, n, s, l = !1, i) {
    if (e !== void 0) {
      const o = this.constructor;
      if (l === !1 && (i = this[e]), s ??= o.getPropertyOptions(e), !((s.hasChanged ?? oa)(i, n) || s.useDefault && s.reflect && i === this._$Ej?.get(e) && !this.hasAttribute(o._$Eu(e, s)))) return;
      this.C(e, n, s);
    }
    this.isUpdatePending === !1 && (this._$ES = this._$EP());
  }
  C(e, n, { useDefault: s, reflect: l, wrapped: i }, o) {
    s && !(this._$Ej ??= /* @__PURE__ */ new Map()).has(e) && (this._$Ej.set(e, o ?? n ?? this[e]), i !== !0 || o !== void 0) || (this._$AL.has(e) || (this.hasUpdated || s || (n = void 0), this._$AL.set(e, n)), l === !0 && this._$Em !== e && (this._$Eq ??= /* @__PURE__ */ new Set()).add(e));
  }
  async _$EP() {
    this.isUpdatePending = !0;
    try {
      await this._$ES;
    } catch (n) {
      Promise.reject(n);
    }
    const e = this.scheduleUpdate();
    return e != null && await e, !this.isUpdatePending;
  }
  scheduleUpdate() {
    return this.performUpdate();
  }
  performUpdate() {
    if (!this.isUpdatePending) return;
    if (!this.hasUpdated) {
      if (this.renderRoot ??= this.createRenderRoot(), this._$Ep) {
        for (const [l, i] of this._$Ep) this[l] = i;
        this._$Ep = void 0;
      }
      const s = this.constructor.elementProperties;
      if (s.size > 0) for (const [l, i] of s) {
        const { wrapped: o } = i, c = this[l];
        o !== !0 || this._$AL.has(l) || c === void 0 || this.C(l, void 0, i, c);
      }
    }
    let e = !1;
    const n = this._$AL;
    try {
      e = this.shouldUpdate(n), e ? (this.willUpdate(n), this._$EO?.forEach((s) => s.hostUpdate?.()), this.update(n)) : this._$EM();
    } catch (s) {
      throw e = !1, this._$EM(), s;
    }
    e && this._$AE(n);
  }
  willUpdate(e) {
  }
  _$AE(e) {
    this._$EO?.forEach((n) => n.hostUpdated?.()), this.hasUpdated || (this.hasUpdated = !0, this.firstUpdated(e)), this.updated(e);
  }
  _$EM() {
    this._$AL = /* @__PURE__ */ new Map(), this.isUpdatePending = !1;
  }
  get updateComplete() {
    return this.getUpdateComplete();
  }
  getUpdateComplete() {
    return this._$ES;
  }
  shouldUpdate(e) {
    return !0;
  }
  update(e) {
    this._$Eq &&= this._$Eq.forEach((n) => this._$ET(n, this[n])), this._$EM();
  }
  updated(e) {
  }
  firstUpdated(e) {
  }
};
fs.elementStyles = [], fs.shadowRootOptions = { mode: "open" }, fs[js("elementProperties")] = /* @__PURE__ */ new Map(), fs[js("finalized")] = /* @__PURE__ */ new Map(), Qc?.({ ReactiveElement: fs }), (Ll.reactiveElementVersions ??= []).push("2.1.2");
const Wi = globalThis, Gr = (t) => t, Sl = Wi.trustedTypes, Vr = Sl ? Sl.createPolicy("lit-html", { createHTML: (t) => t }) : void 0, aa = "$lit$", On = `lit$${Math.random().toFixed(9).slice(2)}$`, ca = "?" + On, Jc = `<${ca}>`, Yn = document, Ks = () => Yn.createComment(""), Qs = (t) => t === null || typeof t != "object" && typeof t != "function", Gi = Array.isArray, Xc = (t) => Gi(t) || typeof t?.[Symbol.iterator] == "function", ui = `[ 	
\f\r]`, Ms = /<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g, jr = /-->/g, qr = />/g, Bn = RegExp(`>|${ui}(?:([^\\s"'>=/]+)(${ui}*=${ui}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`, "g"), Yr = /'/g, Zr = /"/g, ua = /^(?:script|style|textarea|title)$/i, eu = (t) => (e, ...n) => ({ _$litType$: t, strings: e, values: n }), te = eu(1), ms = Symbol.for("lit-noChange"), ue = Symbol.for("lit-nothing"), Kr = /* @__PURE__ */ new WeakMap(), jn = Yn.createTreeWalker(Yn, 129);
function ha(t, e) {
  if (!Gi(t) || !t.hasOwnProperty("raw")) throw Error("invalid template strings array");
  return Vr !== void 0 ? Vr.createHTML(e) : e;
}
const tu = (t, e) => {
  const n = t.length - 1, s = [];
  let l, i = e === 2 ? "<svg>" : e === 3 ? "<math>" : "", o = Ms;
  for (let c = 0; c < n; c++) {
    const h = t[c];
    let f, x, g = -1, b = 0;
    for (; b < h.length && (o.lastIndex = b, x = o.exec(h), x !== null); ) b = o.lastIndex, o === Ms ? x[1] === "!--" ? o = jr : x[1] !== void 0 ? o = qr : x[2] !== void 0 ? (ua.test(x[2]) && (l = RegExp("</" + x[2], "g")), o = Bn) : x[3] !== void 0 && (o = Bn) : o === Bn ? x[0] === ">" ? (o = l ?? Ms, g = -1) : x[1] === void 0 ? g = -2 : (g = o.lastIndex - x[2].length, f = x[1], o = x[3] === void 0 ? Bn : x[3] === '"' ? Zr : Yr) : o === Zr || o === Yr ? o = Bn : o === jr || o === qr ? o = Ms : (o = Bn, l = void 0);
    const v = o === Bn && t[c + 1].startsWith("/>") ? " " : "";
    i += o === Ms ? h + Jc : g >= 0 ? (s.push(f), h.slice(0, g) + aa + h.slice(g) + On + v) : h + On + (g === -2 ? c : v);
  }
  return [ha(t, i + (t[n] || "<?>") + (e === 2 ? "</svg>" : e === 3 ? "</math>" : "")), s];
};
class Js {
  constructor({ strings: e, _$litType$: n }, s) {
    let l;
    this.parts = [];
    let i = 0, o = 0;
    const c = e.length - 1, h = this.parts, [f, x] = tu(e, n);
    if (this.el = Js.createElement(f, s), jn.currentNode = this.el.content, n === 2 || n === 3) {
      const g = this.el.content.firstChild;
      g.replaceWith(...g.childNodes);
    }
    for (; (l = jn.nextNode()) !== null && h.length < c; ) {
      if (l.nodeType === 1) {
        if (l.hasAttributes()) for (const g of l.getAttributeNames()) if (g.endsWith(aa)) {
          const b = x[o++], v = l.getAttribute(g).split(On), y = /([.?@])?(.*)/.exec(b);
          h.push({ type: 1, index: i, name: y[2], strings: v, ctor: y[1] === "." ? su : y[1] === "?" ? lu : y[1] === "@" ? iu : Ml }), l.removeAttribute(g);
        } else g.startsWith(On) && (h.push({ type: 6, index: i }), l.removeAttribute(g));
        if (ua.test(l.tagName)) {
          const g = l.textContent.split(On), b = g.length - 1;
          if (b > 0) {
            l.textContent = Sl ? Sl.emptyScript : "";
            for (let v = 0; v < b; v++) l.append(g[v], Ks()), jn.nextNode(), h.push({ type: 2, index: ++i });
            l.append(g[b], Ks());
          }
        }
      } else if (l.nodeType === 8) if (l.data === ca) h.push({ type: 2, index: i });
      else {
        let g = -1;
        for (; (g = l.data.indexOf(On, g + 1)) !== -1; ) h.push({ type: 7, index: i }), g += On.length - 1;
      }
      i++;
    }
  }
  static createElement(e, n) {
    const s = Yn.createElement("template");
    return s.innerHTML = e, s;
  }
}
function bs(t, e, n = t, s) {
  if (e === ms) return e;
  let l = s !== void 0 ? n._$Co?.[s] : n._$Cl;
  const i = Qs(e) ? void 0 : e._$litDirective$;
  return l?.constructor !== i && (l?._$AO?.(!1), i === void 0 ? l = void 0 : (l = new i(t), l._$AT(t, n, s)), s !== void 0 ? (n._$Co ??= [])[s] = l : n._$Cl = l), l !== void 0 && (e = bs(t, l._$AS(t, e.values), l, s)), e;
}
class nu {
  constructor(e, n) {
    this._$AV = [], this._$AN = void 0, this._$AD = e, this._$AM = n;
  }
  get parentNode() {
    return this._$AM.parentNode;
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  u(e) {
    const { el: { content: n }, parts: s } = this._$AD, l = (e?.creationScope ?? Yn).importNode(n, !0);
    jn.currentNode = l;
    let i = jn.nextNode(), o = 0, c = 0, h = s[0];
    for (; h !== void 0; ) {
      if (o === h.index) {
        let f;
        h.type === 2 ? f = new el(i, i.nextSibling, this, e) : h.type === 1 ? f = new h.ctor(i, h.name, h.strings, this, e) : h.type === 6 && (f = new ru(i, this, e)), this._$AV.push(f), h = s[++c];
      }
      o !== h?.index && (i = jn.nextNode(), o++);
    }
    return jn.currentNode = Yn, l;
  }
  p(e) {
    let n = 0;
    for (const s of this._$AV) s !== void 0 && (s.strings !== void 0 ? (s._$AI(e, s, n), n += s.strings.length - 2) : s._$AI(e[n])), n++;
  }
}
class el {
  get _$AU() {
    return this._$AM?._$AU ?? this._$Cv;
  }
  constructor(e, n, s, l) {
    this.type = 2, this._$AH = ue, this._$AN = void 0, this._$AA = e, this._$AB = n, this._$AM = s, this.options = l, this._$Cv = l?.isConnected ?? !0;
  }
  get parentNode() {
    let e = this._$AA.parentNode;
    const n = this._$AM;
    return n !== void 0 && e?.nodeType === 11 && (e = n.parentNode), e;
  }
  get startNode() {
    return this._$AA;
  }
  get endNode() {
    return this._$AB;
  }
  _$AI(e, n = this) {
    e = bs(this, e, n), Qs(e) ? e === ue || e == null || e === "" ? (this._$AH !== ue && this._$AR(), this._$AH = ue) : e !== this._$AH && e !== ms && this._(e) : e._$litType$ !== void 0 ? this.$(e) : e.nodeType !== void 0 ? this.T(e) : Xc(e) ? this.k(e) : this._(e);
  }
  O(e) {
    return this._$AA.parentNode.insertBefore(e, this._$AB);
  }
  T(e) {
    this._$AH !== e && (this._$AR(), this._$AH = this.O(e));
  }
  _(e) {
    this._$AH !== ue && Qs(this._$AH) ? this._$AA.nextSibling.data = e : this.T(Yn.createTextNode(e)), this._$AH = e;
  }
  $(e) {
    const { values: n, _$litType$: s } = e, l = typeof s == "number" ? this._$AC(e) : (s.el === void 0 && (s.el = Js.createElement(ha(s.h, s.h[0]), this.options)), s);
    if (this._$AH?._$AD === l) this._$AH.p(n);
    else {
      const i = new nu(l, this), o = i.u(this.options);
      i.p(n), this.T(o), this._$AH = i;
    }
  }
  _$AC(e) {
    let n = Kr.get(e.strings);
    return n === void 0 && Kr.set(e.strings, n = new Js(e)), n;
  }
  k(e) {
    Gi(this._$AH) || (this._$AH = [], this._$AR());
    const n = this._$AH;
    let s, l = 0;
    for (const i of e) l === n.length ? n.push(s = new el(this.O(Ks()), this.O(Ks()), this, this.options)) : s = n[l], s._$AI(i), l++;
    l < n.length && (this._$AR(s && s._$AB.nextSibling, l), n.length = l);
  }
  _$AR(e = this._$AA.nextSibling, n) {
    for (this._$AP?.(!1, !0, n); e !== this._$AB; ) {
      const s = Gr(e).nextSibling;
      Gr(e).remove(), e = s;
    }
  }
  setConnected(e) {
    this._$AM === void 0 && (this._$Cv = e, this._$AP?.(e));
  }
}
class Ml {
  get tagName() {
    return this.element.tagName;
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  constructor(e, n, s, l, i) {
    this.type = 1, this._$AH = ue, this._$AN = void 0, this.element = e, this.name = n, this._$AM = l, this.options = i, s.length > 2 || s[0] !== "" || s[1] !== "" ? (this._$AH = Array(s.length - 1).fill(new String()), this.strings = s) : this._$AH = ue;
  }
  _$AI(e, n = this, s, l) {
    const i = this.strings;
    let o = !1;
    if (i === void 0) e = bs(this, e, n, 0), o = !Qs(e) || e !== this._$AH && e !== ms, o && (this._$AH = e);
    else {
      const c = e;
      let h, f;
      for (e = i[0], h = 0; h < i.length - 1; h++) f = bs(this, c[s + h], n, h), f === ms && (f = this._$AH[h]), o ||= !Qs(f) || f !== this._$AH[h], f === ue ? e = ue : e !== ue && (e += (f ?? "") + i[h + 1]), this._$AH[h] = f;
    }
    o && !l && this.j(e);
  }
  j(e) {
    e === ue ? this.element.removeAttribute(this.name) : this.element.setAttribute(this.name, e ?? "");
  }
}
class su extends Ml {
  constructor() {
    super(...arguments), this.type = 3;
  }
  j(e) {
    this.element[this.name] = e === ue ? void 0 : e;
  }
}
class lu extends Ml {
  constructor() {
    super(...arguments), this.type = 4;
  }
  j(e) {
    this.element.toggleAttribute(this.name, !!e && e !== ue);
  }
}
class iu extends Ml {
  constructor(e, n, s, l, i) {
    super(e, n, s, l, i), this.type = 5;
  }
  _$AI(e, n = this) {
    if ((e = bs(this, e, n, 0) ?? ue) === ms) return;
    const s = this._$AH, l = e === ue && s !== ue || e.capture !== s.capture || e.once !== s.once || e.passive !== s.passive, i = e !== ue && (s === ue || l);
    l && this.element.removeEventListener(this.name, this, s), i && this.element.addEventListener(this.name, this, e), this._$AH = e;
  }
  handleEvent(e) {
    typeof this._$AH == "function" ? this._$AH.call(this.options?.host ?? this.element, e) : this._$AH.handleEvent(e);
  }
}
class ru {
  constructor(e, n, s) {
    this.element = e, this.type = 6, this._$AN = void 0, this._$AM = n, this.options = s;
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  _$AI(e) {
    bs(this, e);
  }
}
const ou = Wi.litHtmlPolyfillSupport;
ou?.(Js, el), (Wi.litHtmlVersions ??= []).push("3.3.3");
const au = (t, e, n) => {
  const s = n?.renderBefore ?? e;
  let l = s._$litPart$;
  if (l === void 0) {
    const i = n?.renderBefore ?? null;
    s._$litPart$ = l = new el(e.insertBefore(Ks(), i), i, void 0, n ?? {});
  }
  return l._$AI(t), l;
};
const Vi = globalThis;
class In extends fs {
  constructor() {
    super(...arguments), this.renderOptions = { host: this }, this._$Do = void 0;
  }
  createRenderRoot() {
    const e = super.createRenderRoot();
    return this.renderOptions.renderBefore ??= e.firstChild, e;
  }
  update(e) {
    const n = this.render();
    this.hasUpdated || (this.renderOptions.isConnected = this.isConnected), super.update(e), this._$Do = au(n, this.renderRoot, this.renderOptions);
  }
  connectedCallback() {
    super.connectedCallback(), this._$Do?.setConnected(!0);
  }
  disconnectedCallback() {
    super.disconnectedCallback(), this._$Do?.setConnected(!1);
  }
  render() {
    return ms;
  }
}
In._$litElement$ = !0, In.finalized = !0, Vi.litElementHydrateSupport?.({ LitElement: In });
const cu = Vi.litElementPolyfillSupport;
cu?.({ LitElement: In });
(Vi.litElementVersions ??= []).push("4.2.2");
const uu = !0, Ye = "u-", hu = "uplot", fu = Ye + "hz", pu = Ye + "vt", du = Ye + "title", gu = Ye + "wrap", mu = Ye + "under", bu = Ye + "over", wu = Ye + "axis", Vn = Ye + "off", xu = Ye + "select", _u = Ye + "cursor-x", ku = Ye + "cursor-y", yu = Ye + "cursor-pt", vu = Ye + "legend", Su = Ye + "live", Tu = Ye + "inline", Au = Ye + "series", Eu = Ye + "marker", Qr = Ye + "label", $u = Ye + "value", Ws = "width", Gs = "height", Ps = "top", Jr = "bottom", hs = "left", hi = "right", ji = "#000", Xr = ji + "0", fi = "mousemove", eo = "mousedown", pi = "mouseup", to = "mouseenter", no = "mouseleave", so = "dblclick", Ru = "resize", Cu = "scroll", lo = "change", Tl = "dppxchange", qi = "--", vs = typeof window < "u", Ai = vs ? document : null, ds = vs ? window : null, Lu = vs ? navigator : null;
let me, fl;
function Ei() {
  let t = devicePixelRatio;
  me != t && (me = t, fl && Ri(lo, fl, Ei), fl = matchMedia(`(min-resolution: ${me - 1e-3}dppx) and (max-resolution: ${me + 1e-3}dppx)`), qn(lo, fl, Ei), ds.dispatchEvent(new CustomEvent(Tl)));
}
function Ct(t, e) {
  if (e != null) {
    let n = t.classList;
    !n.contains(e) && n.add(e);
  }
}
function $i(t, e) {
  let n = t.classList;
  n.contains(e) && n.remove(e);
}
function Me(t, e, n) {
  t.style[e] = n + "px";
}
function qt(t, e, n, s) {
  let l = Ai.createElement(t);
  return e != null && Ct(l, e), n?.insertBefore(l, s), l;
}
function zt(t, e) {
  return qt("div", t, e);
}
const io = /* @__PURE__ */ new WeakMap();
function cn(t, e, n, s, l) {
  let i = "translate(" + e + "px," + n + "px)", o = io.get(t);
  i != o && (t.style.transform = i, io.set(t, i), e < 0 || n < 0 || e > s || n > l ? Ct(t, Vn) : $i(t, Vn));
}
const ro = /* @__PURE__ */ new WeakMap();
function oo(t, e, n) {
  let s = e + n, l = ro.get(t);
  s != l && (ro.set(t, s), t.style.background = e, t.style.borderColor = n);
}
const ao = /* @__PURE__ */ new WeakMap();
function co(t, e, n, s) {
  let l = e + "" + n, i = ao.get(t);
  l != i && (ao.set(t, l), t.style.height = n + "px", t.style.width = e + "px", t.style.marginLeft = s ? -e / 2 + "px" : 0, t.style.marginTop = s ? -n / 2 + "px" : 0);
}
const Yi = { passive: !0 }, Mu = { ...Yi, capture: !0 };
function qn(t, e, n, s) {
  e.addEventListener(t, n, s ? Mu : Yi);
}
function Ri(t, e, n, s) {
  e.removeEventListener(t, n, Yi);
}
vs && Ei();
function Zt(t, e, n, s) {
  let l;
  n = n || 0, s = s || e.length - 1;
  let i = s <= 2147483647;
  for (; s - n > 1; )
    l = i ? n + s >> 1 : Lt((n + s) / 2), e[l] < t ? n = l : s = l;
  return t - e[n] <= e[s] - t ? n : s;
}
function fa(t) {
  return (n, s, l) => {
    let i = -1, o = -1;
    for (let c = s; c <= l; c++)
      if (t(n[c])) {
        i = c;
        break;
      }
    for (let c = l; c >= s; c--)
      if (t(n[c])) {
        o = c;
        break;
      }
    return [i, o];
  };
}
const pa = (t) => t != null, da = (t) => t != null && t > 0, Pl = fa(pa), Pu = fa(da);
function Du(t, e, n, s = 0, l = !1) {
  let i = l ? Pu : Pl, o = l ? da : pa;
  [e, n] = i(t, e, n);
  let c = t[e], h = t[e];
  if (e > -1)
    if (s == 1)
      c = t[e], h = t[n];
    else if (s == -1)
      c = t[n], h = t[e];
    else
      for (let f = e; f <= n; f++) {
        let x = t[f];
        o(x) && (x < c ? c = x : x > h && (h = x));
      }
  return [c ?? Se, h ?? -Se];
}
function Dl(t, e, n, s) {
  let l = fo(t), i = fo(e);
  t == e && (l == -1 ? (t *= n, e /= n) : (t /= n, e *= n));
  let o = n == 10 ? vn : ga, c = l == 1 ? Lt : Ut, h = i == 1 ? Ut : Lt, f = c(o(qe(t))), x = h(o(qe(e))), g = ws(n, f), b = ws(n, x);
  return n == 10 && (f < 0 && (g = Te(g, -f)), x < 0 && (b = Te(b, -x))), s || n == 2 ? (t = g * l, e = b * i) : (t = xa(t, g), e = Ol(e, b)), [t, e];
}
function Zi(t, e, n, s) {
  let l = Dl(t, e, n, s);
  return t == 0 && (l[0] = 0), e == 0 && (l[1] = 0), l;
}
const Ki = 0.1, uo = {
  mode: 3,
  pad: Ki
}, qs = {
  pad: 0,
  soft: null,
  mode: 0
}, Ou = {
  min: qs,
  max: qs
};
function Al(t, e, n, s) {
  return Il(n) ? ho(t, e, n) : (qs.pad = n, qs.soft = s ? 0 : null, qs.mode = s ? 3 : 0, ho(t, e, Ou));
}
function de(t, e) {
  return t ?? e;
}
function Iu(t, e, n) {
  for (e = de(e, 0), n = de(n, t.length - 1); e <= n; ) {
    if (t[e] != null)
      return !0;
    e++;
  }
  return !1;
}
function ho(t, e, n) {
  let s = n.min, l = n.max, i = de(s.pad, 0), o = de(l.pad, 0), c = de(s.hard, -Se), h = de(l.hard, Se), f = de(s.soft, Se), x = de(l.soft, -Se), g = de(s.mode, 0), b = de(l.mode, 0), v = e - t, y = vn(v), O = mt(qe(t), qe(e)), W = vn(O), G = qe(W - y);
  (v < 1e-24 || G > 10) && (v = 0, (t == 0 || e == 0) && (v = 1e-24, g == 2 && f != Se && (i = 0), b == 2 && x != -Se && (o = 0)));
  let E = v || O || 1e3, z = vn(E), T = ws(10, Lt(z)), q = E * (v == 0 ? t == 0 ? 0.1 : 1 : i), M = Te(xa(t - q, T / 10), 24), K = t >= f && (g == 1 || g == 3 && M <= f || g == 2 && M >= f) ? f : Se, X = mt(c, M < K && t >= K ? K : Kt(K, M)), se = E * (v == 0 ? e == 0 ? 0.1 : 1 : o), Q = Te(Ol(e + se, T / 10), 24), A = e <= x && (b == 1 || b == 3 && Q >= x || b == 2 && Q <= x) ? x : -Se, ee = Kt(h, Q > A && e <= A ? A : mt(A, Q));
  return X == ee && X == 0 && (ee = 100), [X, ee];
}
const Nu = new Intl.NumberFormat(vs ? Lu.language : "en-US"), Qi = (t) => Nu.format(t), Mt = Math, _l = Mt.PI, qe = Mt.abs, Lt = Mt.floor, je = Mt.round, Ut = Mt.ceil, Kt = Mt.min, mt = Mt.max, ws = Mt.pow, fo = Mt.sign, vn = Mt.log10, ga = Mt.log2, zu = (t, e = 1) => Mt.sinh(t) * e, di = (t, e = 1) => Mt.asinh(t / e), Se = 1 / 0;
function po(t) {
  return (vn((t ^ t >> 31) - (t >> 31)) | 0) + 1;
}
function Ci(t, e, n) {
  return Kt(mt(t, e), n);
}
function ma(t) {
  return typeof t == "function";
}
function ae(t) {
  return ma(t) ? t : () => t;
}
const Uu = () => {
}, ba = (t) => t, wa = (t, e) => e, Hu = (t) => null, go = (t) => !0, mo = (t, e) => t == e, Fu = /\.\d*?(?=9{6,}|0{6,})/gm, Zn = (t) => {
  if (ka(t) || Nn.has(t))
    return t;
  const e = `${t}`, n = e.match(Fu);
  if (n == null)
    return t;
  let s = n[0].length - 1;
  if (e.indexOf("e-") != -1) {
    let [l, i] = e.split("e");
    return +`${Zn(l)}e${i}`;
  }
  return Te(t, s);
};
function Wn(t, e) {
  return Zn(Te(Zn(t / e)) * e);
}
function Ol(t, e) {
  return Zn(Ut(Zn(t / e)) * e);
}
function xa(t, e) {
  return Zn(Lt(Zn(t / e)) * e);
}
function Te(t, e = 0) {
  if (ka(t))
    return t;
  let n = 10 ** e, s = t * n * (1 + Number.EPSILON);
  return je(s) / n;
}
const Nn = /* @__PURE__ */ new Map();
function _a(t) {
  return (("" + t).split(".")[1] || "").length;
}
function Xs(t, e, n, s) {
  let l = [], i = s.map(_a);
  for (let o = e; o < n; o++) {
    let c = qe(o), h = Te(ws(t, o), c);
    for (let f = 0; f < s.length; f++) {
      let x = t == 10 ? +`${s[f]}e${o}` : s[f] * h, g = (o >= 0 ? 0 : c) + (o >= i[f] ? 0 : i[f]), b = t == 10 ? x : Te(x, g);
      l.push(b), Nn.set(b, g);
    }
  }
  return l;
}
const Ys = {}, Ji = [], xs = [null, null], Dn = Array.isArray, ka = Number.isInteger, Bu = (t) => t === void 0;
function bo(t) {
  return typeof t == "string";
}
function Il(t) {
  let e = !1;
  if (t != null) {
    let n = t.constructor;
    e = n == null || n == Object;
  }
  return e;
}
function Wu(t) {
  return t != null && typeof t == "object";
}
const Gu = Object.getPrototypeOf(Uint8Array), ya = "__proto__";
function _s(t, e = Il) {
  let n;
  if (Dn(t)) {
    let s = t.find((l) => l != null);
    if (Dn(s) || e(s)) {
      n = Array(t.length);
      for (let l = 0; l < t.length; l++)
        n[l] = _s(t[l], e);
    } else
      n = t.slice();
  } else if (t instanceof Gu)
    n = t.slice();
  else if (e(t)) {
    n = {};
    for (let s in t)
      s != ya && (n[s] = _s(t[s], e));
  } else
    n = t;
  return n;
}
function We(t) {
  let e = arguments;
  for (let n = 1; n < e.length; n++) {
    let s = e[n];
    for (let l in s)
      l != ya && (Il(t[l]) ? We(t[l], _s(s[l])) : t[l] = _s(s[l]));
  }
  return t;
}
const Vu = 0, ju = 1, qu = 2;
function Yu(t, e, n) {
  for (let s = 0, l, i = -1; s < e.length; s++) {
    let o = e[s];
    if (o > i) {
      for (l = o - 1; l >= 0 && t[l] == null; )
        t[l--] = null;
      for (l = o + 1; l < n && t[l] == null; )
        t[i = l++] = null;
    }
  }
}
function Zu(t, e) {
  if (Ju(t)) {
    let o = t[0].slice();
    for (let c = 1; c < t.length; c++)
      o.push(...t[c].slice(1));
    return Xu(o[0]) || (o = Qu(o)), o;
  }
  let n = /* @__PURE__ */ new Set();
  for (let o = 0; o < t.length; o++) {
    let h = t[o][0], f = h.length;
    for (let x = 0; x < f; x++)
      n.add(h[x]);
  }
  let s = [Array.from(n).sort((o, c) => o - c)], l = s[0].length, i = /* @__PURE__ */ new Map();
  for (let o = 0; o < l; o++)
    i.set(s[0][o], o);
  for (let o = 0; o < t.length; o++) {
    let c = t[o], h = c[0];
    for (let f = 1; f < c.length; f++) {
      let x = c[f], g = Array(l).fill(void 0), b = e ? e[o][f] : ju, v = [];
      for (let y = 0; y < x.length; y++) {
        let O = x[y], W = i.get(h[y]);
        O === null ? b != Vu && (g[W] = O, b == qu && v.push(W)) : g[W] = O;
      }
      Yu(g, v, l), s.push(g);
    }
  }
  return s;
}
const Ku = typeof queueMicrotask > "u" ? (t) => Promise.resolve().then(t) : queueMicrotask;
function Qu(t) {
  let e = t[0], n = e.length, s = Array(n);
  for (let i = 0; i < s.length; i++)
    s[i] = i;
  s.sort((i, o) => e[i] - e[o]);
  let l = [];
  for (let i = 0; i < t.length; i++) {
    let o = t[i], c = Array(n);
    for (let h = 0; h < n; h++)
      c[h] = o[s[h]];
    l.push(c);
  }
  return l;
}
function Ju(t) {
  let e = t[0][0], n = e.length;
  for (let s = 1; s < t.length; s++) {
    let l = t[s][0];
    if (l.length != n)
      return !1;
    if (l != e) {
      for (let i = 0; i < n; i++)
        if (l[i] != e[i])
          return !1;
    }
  }
  return !0;
}
function Xu(t, e = 100) {
  const n = t.length;
  if (n <= 1)
    return !0;
  let s = 0, l = n - 1;
  for (; s <= l && t[s] == null; )
    s++;
  for (; l >= s && t[l] == null; )
    l--;
  if (l <= s)
    return !0;
  const i = mt(1, Lt((l - s + 1) / e));
  for (let o = t[s], c = s + i; c <= l; c += i) {
    const h = t[c];
    if (h != null) {
      if (h <= o)
        return !1;
      o = h;
    }
  }
  return !0;
}
const va = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December"
], Sa = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday"
];
function Ta(t) {
  return t.slice(0, 3);
}
const eh = Sa.map(Ta), th = va.map(Ta), nh = {
  MMMM: va,
  MMM: th,
  WWWW: Sa,
  WWW: eh
};
function Ds(t) {
  return (t < 10 ? "0" : "") + t;
}
function sh(t) {
  return (t < 10 ? "00" : t < 100 ? "0" : "") + t;
}
const lh = {
  // 2019
  YYYY: (t) => t.getFullYear(),
  // 19
  YY: (t) => (t.getFullYear() + "").slice(2),
  // July
  MMMM: (t, e) => e.MMMM[t.getMonth()],
  // Jul
  MMM: (t, e) => e.MMM[t.getMonth()],
  // 07
  MM: (t) => Ds(t.getMonth() + 1),
  // 7
  M: (t) => t.getMonth() + 1,
  // 09
  DD: (t) => Ds(t.getDate()),
  // 9
  D: (t) => t.getDate(),
  // Monday
  WWWW: (t, e) => e.WWWW[t.getDay()],
  // Mon
  WWW: (t, e) => e.WWW[t.getDay()],
  // 03
  HH: (t) => Ds(t.getHours()),
  // 3
  H: (t) => t.getHours(),
  // 9 (12hr, unpadded)
  h: (t) => {
    let e = t.getHours();
    return e == 0 ? 12 : e > 12 ? e - 12 : e;
  },
  // AM
  AA: (t) => t.getHours() >= 12 ? "PM" : "AM",
  // am
  aa: (t) => t.getHours() >= 12 ? "pm" : "am",
  // a
  a: (t) => t.getHours() >= 12 ? "p" : "a",
  // 09
  mm: (t) => Ds(t.getMinutes()),
  // 9
  m: (t) => t.getMinutes(),
  // 09
  ss: (t) => Ds(t.getSeconds()),
  // 9
  s: (t) => t.getSeconds(),
  // 374
  fff: (t) => sh(t.getMilliseconds())
};
function Xi(t, e) {
  e = e || nh;
  let n = [], s = /\{([a-z]+)\}|[^{]+/gi, l;
  for (; l = s.exec(t); )
    n.push(l[0][0] == "{" ? lh[l[1]] : l[0]);
  return (i) => {
    let o = "";
    for (let c = 0; c < n.length; c++)
      o += typeof n[c] == "string" ? n[c] : n[c](i, e);
    return o;
  };
}
const ih = new Intl.DateTimeFormat().resolvedOptions().timeZone;
function rh(t, e) {
  let n;
  return e == "UTC" || e == "Etc/UTC" ? n = new Date(+t + t.getTimezoneOffset() * 6e4) : e == ih ? n = t : (n = new Date(t.toLocaleString("en-US", { timeZone: e })), n.setMilliseconds(t.getMilliseconds())), n;
}
const Aa = (t) => t % 1 == 0, El = [1, 2, 2.5, 5], oh = Xs(10, -32, 0, El), Ea = Xs(10, 0, 32, El), ah = Ea.filter(Aa), Gn = oh.concat(Ea), er = `
`, $a = "{YYYY}", wo = er + $a, Ra = "{M}/{D}", Vs = er + Ra, pl = Vs + "/{YY}", Ca = "{aa}", ch = "{h}:{mm}", ps = ch + Ca, xo = er + ps, _o = ":{ss}", we = null;
function La(t) {
  let e = t * 1e3, n = e * 60, s = n * 60, l = s * 24, i = l * 30, o = l * 365, h = (t == 1 ? Xs(10, 0, 3, El).filter(Aa) : Xs(10, -3, 0, El)).concat([
    // minute divisors (# of secs)
    e,
    e * 5,
    e * 10,
    e * 15,
    e * 30,
    // hour divisors (# of mins)
    n,
    n * 5,
    n * 10,
    n * 15,
    n * 30,
    // day divisors (# of hrs)
    s,
    s * 2,
    s * 3,
    s * 4,
    s * 6,
    s * 8,
    s * 12,
    // month divisors TODO: need more?
    l,
    l * 2,
    l * 3,
    l * 4,
    l * 5,
    l * 6,
    l * 7,
    l * 8,
    l * 9,
    l * 10,
    l * 15,
    // year divisors (# months, approx)
    i,
    i * 2,
    i * 3,
    i * 4,
    i * 6,
    // century divisors
    o,
    o * 2,
    o * 5,
    o * 10,
    o * 25,
    o * 50,
    o * 100
  ]);
  const f = [
    //   tick incr    default          year                    month   day                   hour    min       sec   mode
    [o, $a, we, we, we, we, we, we, 1],
    [l * 28, "{MMM}", wo, we, we, we, we, we, 1],
    [l, Ra, wo, we, we, we, we, we, 1],
    [s, "{h}" + Ca, pl, we, Vs, we, we, we, 1],
    [n, ps, pl, we, Vs, we, we, we, 1],
    [e, _o, pl + " " + ps, we, Vs + " " + ps, we, xo, we, 1],
    [t, _o + ".{fff}", pl + " " + ps, we, Vs + " " + ps, we, xo, we, 1]
  ];
  function x(g) {
    return (b, v, y, O, W, G) => {
      let E = [], z = W >= o, T = W >= i && W < o, q = g(y), M = Te(q * t, 3), K = gi(q.getFullYear(), z ? 0 : q.getMonth(), T || z ? 1 : q.getDate()), X = Te(K * t, 3);
      if (T || z) {
        let se = T ? W / i : 0, Q = z ? W / o : 0, A = M == X ? M : Te(gi(K.getFullYear() + Q, K.getMonth() + se, 1) * t, 3), ee = new Date(je(A / t)), U = ee.getFullYear(), V = ee.getMonth();
        for (let B = 0; A <= O; B++) {
          let le = gi(U + Q * B, V + se * B, 1), H = le - g(Te(le * t, 3));
          A = Te((+le + H) * t, 3), A <= O && E.push(A);
        }
      } else {
        let se = W >= l ? l : W, Q = Lt(y) - Lt(M), A = X + Q + Ol(M - X, se);
        E.push(A);
        let ee = g(A), U = ee.getHours() + ee.getMinutes() / n + ee.getSeconds() / s, V = W / s, B = b.axes[v]._space, le = G / B;
        for (; A = Te(A + W, t == 1 ? 0 : 3), !(A > O); )
          if (V > 1) {
            let H = Lt(Te(U + V, 6)) % 24, ce = g(A).getHours() - H;
            ce > 1 && (ce = -1), A -= ce * s, U = (U + V) % 24;
            let Y = E[E.length - 1];
            Te((A - Y) / W, 3) * le >= 0.7 && E.push(A);
          } else
            E.push(A);
      }
      return E;
    };
  }
  return [
    h,
    f,
    x
  ];
}
const [uh, hh, fh] = La(1), [ph, dh, gh] = La(1e-3);
Xs(2, -53, 53, [1]);
function ko(t, e) {
  return t.map((n) => n.map(
    (s, l) => l == 0 || l == 8 || s == null ? s : e(l == 1 || n[8] == 0 ? s : n[1] + s)
  ));
}
function yo(t, e) {
  return (n, s, l, i, o) => {
    let c = e.find((y) => o >= y[0]) || e[e.length - 1], h, f, x, g, b, v;
    return s.map((y) => {
      let O = t(y), W = O.getFullYear(), G = O.getMonth(), E = O.getDate(), z = O.getHours(), T = O.getMinutes(), q = O.getSeconds(), M = W != h && c[2] || G != f && c[3] || E != x && c[4] || z != g && c[5] || T != b && c[6] || q != v && c[7] || c[1];
      return h = W, f = G, x = E, g = z, b = T, v = q, M(O);
    });
  };
}
function mh(t, e) {
  let n = Xi(e);
  return (s, l, i, o, c) => l.map((h) => n(t(h)));
}
function gi(t, e, n) {
  return new Date(t, e, n);
}
function vo(t, e) {
  return e(t);
}
const bh = "{YYYY}-{MM}-{DD} {h}:{mm}{aa}";
function So(t, e) {
  return (n, s, l, i) => i == null ? qi : e(t(s));
}
function wh(t, e) {
  let n = t.series[e];
  return n.width ? n.stroke(t, e) : n.points.width ? n.points.stroke(t, e) : null;
}
function xh(t, e) {
  return t.series[e].fill(t, e);
}
const _h = {
  show: !0,
  live: !0,
  isolate: !1,
  mount: Uu,
  markers: {
    show: !0,
    width: 2,
    stroke: wh,
    fill: xh,
    dash: "solid"
  },
  idx: null,
  idxs: null,
  values: []
};
function kh(t, e) {
  let n = t.cursor.points, s = zt(), l = n.size(t, e);
  Me(s, Ws, l), Me(s, Gs, l);
  let i = l / -2;
  Me(s, "marginLeft", i), Me(s, "marginTop", i);
  let o = n.width(t, e, l);
  return o && Me(s, "borderWidth", o), s;
}
function yh(t, e) {
  let n = t.series[e].points;
  return n._fill || n._stroke;
}
function vh(t, e) {
  let n = t.series[e].points;
  return n._stroke || n._fill;
}
function Sh(t, e) {
  return t.series[e].points.size;
}
const mi = [0, 0];
function Th(t, e, n) {
  return mi[0] = e, mi[1] = n, mi;
}
function dl(t, e, n, s = !0) {
  return (l) => {
    l.button == 0 && (!s || l.target == e) && n(l);
  };
}
function bi(t, e, n, s = !0) {
  return (l) => {
    (!s || l.target == e) && n(l);
  };
}
const Ah = {
  show: !0,
  x: !0,
  y: !0,
  lock: !1,
  move: Th,
  points: {
    one: !1,
    show: kh,
    size: Sh,
    width: 0,
    stroke: vh,
    fill: yh
  },
  bind: {
    mousedown: dl,
    mouseup: dl,
    click: dl,
    // legend clicks, not .u-over clicks
    dblclick: dl,
    mousemove: bi,
    mouseleave: bi,
    mouseenter: bi
  },
  drag: {
    setScale: !0,
    x: !0,
    y: !1,
    dist: 0,
    uni: null,
    click: (t, e) => {
      e.stopPropagation(), e.stopImmediatePropagation();
    },
    _x: !1,
    _y: !1
  },
  focus: {
    dist: (t, e, n, s, l) => s - l,
    prox: -1,
    bias: 0
  },
  hover: {
    skip: [void 0],
    prox: null,
    bias: 0
  },
  left: -10,
  top: -10,
  idx: null,
  dataIdx: null,
  idxs: null,
  event: null
}, Ma = {
  show: !0,
  stroke: "rgba(0,0,0,0.07)",
  width: 2
  //	dash: [],
}, tr = We({}, Ma, {
  filter: wa
}), Pa = We({}, tr, {
  size: 10
}), Da = We({}, Ma, {
  show: !1
}), nr = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"', Oa = "bold " + nr, Ia = 1.5, To = {
  show: !0,
  scale: "x",
  stroke: ji,
  space: 50,
  gap: 5,
  alignTo: 1,
  size: 50,
  labelGap: 0,
  labelSize: 30,
  labelFont: Oa,
  side: 2,
  //	class: "x-vals",
  //	incrs: timeIncrs,
  //	values: timeVals,
  //	filter: retArg1,
  grid: tr,
  ticks: Pa,
  border: Da,
  font: nr,
  lineGap: Ia,
  rotate: 0
}, Eh = "Value", $h = "Time", Ao = {
  show: !0,
  scale: "x",
  auto: !1,
  sorted: 1,
  //	label: "Time",
  //	value: v => stamp(new Date(v * 1e3)),
  // internal caches
  min: Se,
  max: -Se,
  idxs: []
};
function Rh(t, e, n, s, l) {
  return e.map((i) => i == null ? "" : Qi(i));
}
function Ch(t, e, n, s, l, i, o) {
  let c = [], h = Nn.get(l) || 0;
  n = o ? n : Te(Ol(n, l), h);
  for (let f = n; f <= s; f = Te(f + l, h))
    c.push(Object.is(f, -0) ? 0 : f);
  return c;
}
function Li(t, e, n, s, l, i, o) {
  const c = [], h = t.scales[t.axes[e].scale].log, f = h == 10 ? vn : ga, x = Lt(f(n));
  l = ws(h, x), h == 10 && (l = Gn[Zt(l, Gn)]);
  let g = n, b = l * h;
  h == 10 && (b = Gn[Zt(b, Gn)]);
  do
    c.push(g), g = g + l, h == 10 && !Nn.has(g) && (g = Te(g, Nn.get(l))), g >= b && (l = g, b = l * h, h == 10 && (b = Gn[Zt(b, Gn)]));
  while (g <= s);
  return c;
}
function Lh(t, e, n, s, l, i, o) {
  let h = t.scales[t.axes[e].scale].asinh, f = s > h ? Li(t, e, mt(h, n), s, l) : [h], x = s >= 0 && n <= 0 ? [0] : [];
  return (n < -h ? Li(t, e, mt(h, -s), -n, l) : [h]).reverse().map((b) => -b).concat(x, f);
}
const Na = /./, Mh = /[12357]/, Ph = /[125]/, Eo = /1/, Mi = (t, e, n, s) => t.map((l, i) => e == 4 && l == 0 || i % s == 0 && n.test(l.toExponential()[l < 0 ? 1 : 0]) ? l : null);
function Dh(t, e, n, s, l) {
  let i = t.axes[n], o = i.scale, c = t.scales[o], h = t.valToPos, f = i._space, x = h(10, o), g = h(9, o) - x >= f ? Na : h(7, o) - x >= f ? Mh : h(5, o) - x >= f ? Ph : Eo;
  if (g == Eo) {
    let b = qe(h(1, o) - x);
    if (b < f)
      return Mi(e.slice().reverse(), c.distr, g, Ut(f / b)).reverse();
  }
  return Mi(e, c.distr, g, 1);
}
function Oh(t, e, n, s, l) {
  let i = t.axes[n], o = i.scale, c = i._space, h = t.valToPos, f = qe(h(1, o) - h(2, o));
  return f < c ? Mi(e.slice().reverse(), 3, Na, Ut(c / f)).reverse() : e;
}
function Ih(t, e, n, s) {
  return s == null ? qi : e == null ? "" : Qi(e);
}
const $o = {
  show: !0,
  scale: "y",
  stroke: ji,
  space: 30,
  gap: 5,
  alignTo: 1,
  size: 50,
  labelGap: 0,
  labelSize: 30,
  labelFont: Oa,
  side: 3,
  //	class: "y-vals",
  //	incrs: numIncrs,
  //	values: (vals, space) => vals,
  //	filter: retArg1,
  grid: tr,
  ticks: Pa,
  border: Da,
  font: nr,
  lineGap: Ia,
  rotate: 0
};
function Nh(t, e) {
  let n = 3 + (t || 1) * 2;
  return Te(n * e, 3);
}
function zh(t, e) {
  let { scale: n, idxs: s } = t.series[0], l = t._data[0], i = t.valToPos(l[s[0]], n, !0), o = t.valToPos(l[s[1]], n, !0), c = qe(o - i), h = t.series[e], f = c / (h.points.space * me);
  return s[1] - s[0] <= f;
}
const Ro = {
  scale: null,
  auto: !0,
  sorted: 0,
  // internal caches
  min: Se,
  max: -Se
}, za = (t, e, n, s, l) => l, Co = {
  show: !0,
  auto: !0,
  sorted: 0,
  gaps: za,
  alpha: 1,
  facets: [
    We({}, Ro, { scale: "x" }),
    We({}, Ro, { scale: "y" })
  ]
}, Lo = {
  scale: "y",
  auto: !0,
  sorted: 0,
  show: !0,
  spanGaps: !1,
  gaps: za,
  alpha: 1,
  points: {
    show: zh,
    filter: null
    //  paths:
    //	stroke: "#000",
    //	fill: "#fff",
    //	width: 1,
    //	size: 10,
  },
  //	label: "Value",
  //	value: v => v,
  values: null,
  // internal caches
  min: Se,
  max: -Se,
  idxs: [],
  path: null,
  clip: null
};
function Uh(t, e, n, s, l) {
  return n / 10;
}
const Ua = {
  time: uu,
  auto: !0,
  distr: 1,
  log: 10,
  asinh: 1,
  min: null,
  max: null,
  dir: 1,
  ori: 0
}, Hh = We({}, Ua, {
  time: !1,
  ori: 1
}), Mo = {};
function Ha(t, e) {
  let n = Mo[t];
  return n || (n = {
    key: t,
    plots: [],
    sub(s) {
      n.plots.push(s);
    },
    unsub(s) {
      n.plots = n.plots.filter((l) => l != s);
    },
    pub(s, l, i, o, c, h, f) {
      for (let x = 0; x < n.plots.length; x++)
        n.plots[x] != l && n.plots[x].pub(s, l, i, o, c, h, f);
    }
  }, t != null && (Mo[t] = n)), n;
}
const ks = 1, Pi = 2;
function Qn(t, e, n) {
  const s = t.mode, l = t.series[e], i = s == 2 ? t._data[e] : t._data, o = t.scales, c = t.bbox;
  let h = i[0], f = s == 2 ? i[1] : i[e], x = s == 2 ? o[l.facets[0].scale] : o[t.series[0].scale], g = s == 2 ? o[l.facets[1].scale] : o[l.scale], b = c.left, v = c.top, y = c.width, O = c.height, W = t.valToPosH, G = t.valToPosV;
  return x.ori == 0 ? n(
    l,
    h,
    f,
    x,
    g,
    W,
    G,
    b,
    v,
    y,
    O,
    zl,
    Ss,
    Hl,
    Ba,
    Ga
  ) : n(
    l,
    h,
    f,
    x,
    g,
    G,
    W,
    v,
    b,
    O,
    y,
    Ul,
    Ts,
    ir,
    Wa,
    Va
  );
}
function sr(t, e) {
  let n = 0, s = 0, l = de(t.bands, Ji);
  for (let i = 0; i < l.length; i++) {
    let o = l[i];
    o.series[0] == e ? n = o.dir : o.series[1] == e && (o.dir == 1 ? s |= 1 : s |= 2);
  }
  return [
    n,
    s == 1 ? -1 : (
      // neg only
      s == 2 ? 1 : (
        // pos only
        s == 3 ? 2 : (
          // both
          0
        )
      )
    )
  ];
}
function Fh(t, e, n, s, l) {
  let i = t.mode, o = t.series[e], c = i == 2 ? o.facets[1].scale : o.scale, h = t.scales[c];
  return l == -1 ? h.min : l == 1 ? h.max : h.distr == 3 ? h.dir == 1 ? h.min : h.max : 0;
}
function Sn(t, e, n, s, l, i) {
  return Qn(t, e, (o, c, h, f, x, g, b, v, y, O, W) => {
    let G = o.pxRound;
    const E = f.dir * (f.ori == 0 ? 1 : -1), z = f.ori == 0 ? Ss : Ts;
    let T, q;
    E == 1 ? (T = n, q = s) : (T = s, q = n);
    let M = G(g(c[T], f, O, v)), K = G(b(h[T], x, W, y)), X = G(g(c[q], f, O, v)), se = G(b(i == 1 ? x.max : x.min, x, W, y)), Q = new Path2D(l);
    return z(Q, X, se), z(Q, M, se), z(Q, M, K), Q;
  });
}
function Nl(t, e, n, s, l, i) {
  let o = null;
  if (t.length > 0) {
    o = new Path2D();
    const c = e == 0 ? Hl : ir;
    let h = n;
    for (let g = 0; g < t.length; g++) {
      let b = t[g];
      if (b[1] > b[0]) {
        let v = b[0] - h;
        v > 0 && c(o, h, s, v, s + i), h = b[1];
      }
    }
    let f = n + l - h, x = 10;
    f > 0 && c(o, h, s - x / 2, f, s + i + x);
  }
  return o;
}
function Bh(t, e, n) {
  let s = t[t.length - 1];
  s && s[0] == e ? s[1] = n : t.push([e, n]);
}
function lr(t, e, n, s, l, i, o) {
  let c = [], h = t.length;
  for (let f = l == 1 ? n : s; f >= n && f <= s; f += l)
    if (e[f] === null) {
      let g = f, b = f;
      if (l == 1)
        for (; ++f <= s && e[f] === null; )
          b = f;
      else
        for (; --f >= n && e[f] === null; )
          b = f;
      let v = i(t[g]), y = b == g ? v : i(t[b]), O = g - l;
      v = o <= 0 && O >= 0 && O < h ? i(t[O]) : v;
      let G = b + l;
      y = o >= 0 && G >= 0 && G < h ? i(t[G]) : y, y >= v && c.push([v, y]);
    }
  return c;
}
function Po(t) {
  return t == 0 ? ba : t == 1 ? je : (e) => Wn(e, t);
}
function Fa(t) {
  let e = t == 0 ? zl : Ul, n = t == 0 ? (l, i, o, c, h, f) => {
    l.arcTo(i, o, c, h, f);
  } : (l, i, o, c, h, f) => {
    l.arcTo(o, i, h, c, f);
  }, s = t == 0 ? (l, i, o, c, h) => {
    l.rect(i, o, c, h);
  } : (l, i, o, c, h) => {
    l.rect(o, i, h, c);
  };
  return (l, i, o, c, h, f = 0, x = 0) => {
    f == 0 && x == 0 ? s(l, i, o, c, h) : (f = Kt(f, c / 2, h / 2), x = Kt(x, c / 2, h / 2), e(l, i + f, o), n(l, i + c, o, i + c, o + h, f), n(l, i + c, o + h, i, o + h, x), n(l, i, o + h, i, o, x), n(l, i, o, i + c, o, f), l.closePath());
  };
}
const zl = (t, e, n) => {
  t.moveTo(e, n);
}, Ul = (t, e, n) => {
  t.moveTo(n, e);
}, Ss = (t, e, n) => {
  t.lineTo(e, n);
}, Ts = (t, e, n) => {
  t.lineTo(n, e);
}, Hl = Fa(0), ir = Fa(1), Ba = (t, e, n, s, l, i) => {
  t.arc(e, n, s, l, i);
}, Wa = (t, e, n, s, l, i) => {
  t.arc(n, e, s, l, i);
}, Ga = (t, e, n, s, l, i, o) => {
  t.bezierCurveTo(e, n, s, l, i, o);
}, Va = (t, e, n, s, l, i, o) => {
  t.bezierCurveTo(n, e, l, s, o, i);
};
function ja(t) {
  return (e, n, s, l, i) => Qn(e, n, (o, c, h, f, x, g, b, v, y, O, W) => {
    let { pxRound: G, points: E } = o, z, T;
    f.ori == 0 ? (z = zl, T = Ba) : (z = Ul, T = Wa);
    const q = Te(E.width * me, 3);
    let M = (E.size - E.width) / 2 * me, K = Te(M * 2, 3), X = new Path2D(), se = new Path2D(), { left: Q, top: A, width: ee, height: U } = e.bbox;
    Hl(
      se,
      Q - K,
      A - K,
      ee + K * 2,
      U + K * 2
    );
    const V = (B) => {
      if (h[B] != null) {
        let le = G(g(c[B], f, O, v)), H = G(b(h[B], x, W, y));
        z(X, le + M, H), T(X, le, H, M, 0, _l * 2);
      }
    };
    if (i)
      i.forEach(V);
    else
      for (let B = s; B <= l; B++)
        V(B);
    return {
      stroke: q > 0 ? X : null,
      fill: X,
      clip: se,
      flags: ks | Pi
    };
  });
}
function qa(t) {
  return (e, n, s, l, i, o) => {
    s != l && (i != s && o != s && t(e, n, s), i != l && o != l && t(e, n, l), t(e, n, o));
  };
}
const Wh = qa(Ss), Gh = qa(Ts);
function Ya(t) {
  const e = de(t?.alignGaps, 0);
  return (n, s, l, i) => Qn(n, s, (o, c, h, f, x, g, b, v, y, O, W) => {
    [l, i] = Pl(h, l, i);
    let G = o.pxRound, E = (U) => G(g(U, f, O, v)), z = (U) => G(b(U, x, W, y)), T, q;
    f.ori == 0 ? (T = Ss, q = Wh) : (T = Ts, q = Gh);
    const M = f.dir * (f.ori == 0 ? 1 : -1), K = { stroke: new Path2D(), fill: null, clip: null, band: null, gaps: null, flags: ks }, X = K.stroke;
    let se = !1;
    if (i - l >= O * 4) {
      let U = (C) => n.posToVal(C, f.key, !0), V = null, B = null, le, H, nt, Ae = E(c[M == 1 ? l : i]), ce = E(c[l]), Y = E(c[i]), ne = U(M == 1 ? ce + 1 : Y - 1);
      for (let C = M == 1 ? l : i; C >= l && C <= i; C += M) {
        let Oe = c[C], be = (M == 1 ? Oe < ne : Oe > ne) ? Ae : E(Oe), he = h[C];
        be == Ae ? he != null ? (H = he, V == null ? (T(X, be, z(H)), le = V = B = H) : H < V ? V = H : H > B && (B = H)) : he === null && (se = !0) : (V != null && q(X, Ae, z(V), z(B), z(le), z(H)), he != null ? (H = he, T(X, be, z(H)), V = B = le = H) : (V = B = null, he === null && (se = !0)), Ae = be, ne = U(Ae + M));
      }
      V != null && V != B && nt != Ae && q(X, Ae, z(V), z(B), z(le), z(H));
    } else
      for (let U = M == 1 ? l : i; U >= l && U <= i; U += M) {
        let V = h[U];
        V === null ? se = !0 : V != null && T(X, E(c[U]), z(V));
      }
    let [A, ee] = sr(n, s);
    if (o.fill != null || A != 0) {
      let U = K.fill = new Path2D(X), V = o.fillTo(n, s, o.min, o.max, A), B = z(V), le = E(c[l]), H = E(c[i]);
      M == -1 && ([H, le] = [le, H]), T(U, H, B), T(U, le, B);
    }
    if (!o.spanGaps) {
      let U = [];
      se && U.push(...lr(c, h, l, i, M, E, e)), K.gaps = U = o.gaps(n, s, l, i, U), K.clip = Nl(U, f.ori, v, y, O, W);
    }
    return ee != 0 && (K.band = ee == 2 ? [
      Sn(n, s, l, i, X, -1),
      Sn(n, s, l, i, X, 1)
    ] : Sn(n, s, l, i, X, ee)), K;
  });
}
function Vh(t) {
  const e = de(t.align, 1), n = de(t.ascDesc, !1), s = de(t.alignGaps, 0), l = de(t.extend, !1);
  return (i, o, c, h) => Qn(i, o, (f, x, g, b, v, y, O, W, G, E, z) => {
    [c, h] = Pl(g, c, h);
    let T = f.pxRound, { left: q, width: M } = i.bbox, K = (ce) => T(y(ce, b, E, W)), X = (ce) => T(O(ce, v, z, G)), se = b.ori == 0 ? Ss : Ts;
    const Q = { stroke: new Path2D(), fill: null, clip: null, band: null, gaps: null, flags: ks }, A = Q.stroke, ee = b.dir * (b.ori == 0 ? 1 : -1);
    let U = X(g[ee == 1 ? c : h]), V = K(x[ee == 1 ? c : h]), B = V, le = V;
    l && e == -1 && (le = q, se(A, le, U)), se(A, V, U);
    for (let ce = ee == 1 ? c : h; ce >= c && ce <= h; ce += ee) {
      let Y = g[ce];
      if (Y == null)
        continue;
      let ne = K(x[ce]), C = X(Y);
      e == 1 ? se(A, ne, U) : se(A, B, C), se(A, ne, C), U = C, B = ne;
    }
    let H = B;
    l && e == 1 && (H = q + M, se(A, H, U));
    let [nt, Ae] = sr(i, o);
    if (f.fill != null || nt != 0) {
      let ce = Q.fill = new Path2D(A), Y = f.fillTo(i, o, f.min, f.max, nt), ne = X(Y);
      se(ce, H, ne), se(ce, le, ne);
    }
    if (!f.spanGaps) {
      let ce = [];
      ce.push(...lr(x, g, c, h, ee, K, s));
      let Y = f.width * me / 2, ne = n || e == 1 ? Y : -Y, C = n || e == -1 ? -Y : Y;
      ce.forEach((Oe) => {
        Oe[0] += ne, Oe[1] += C;
      }), Q.gaps = ce = f.gaps(i, o, c, h, ce), Q.clip = Nl(ce, b.ori, W, G, E, z);
    }
    return Ae != 0 && (Q.band = Ae == 2 ? [
      Sn(i, o, c, h, A, -1),
      Sn(i, o, c, h, A, 1)
    ] : Sn(i, o, c, h, A, Ae)), Q;
  });
}
function Do(t, e, n, s, l, i, o = Se) {
  if (t.length > 1) {
    let c = null;
    for (let h = 0, f = 1 / 0; h < t.length; h++)
      if (e[h] !== void 0) {
        if (c != null) {
          let x = qe(t[h] - t[c]);
          x < f && (f = x, o = qe(n(t[h], s, l, i) - n(t[c], s, l, i)));
        }
        c = h;
      }
  }
  return o;
}
function jh(t) {
  t = t || Ys;
  const e = de(t.size, [0.6, Se, 1]), n = t.align || 0, s = t.gap || 0;
  let l = t.radius;
  l = // [valueRadius, baselineRadius]
  l == null ? [0, 0] : typeof l == "number" ? [l, 0] : l;
  const i = ae(l), o = 1 - e[0], c = de(e[1], Se), h = de(e[2], 1), f = de(t.disp, Ys), x = de(t.each, (v) => {
  }), { fill: g, stroke: b } = f;
  return (v, y, O, W) => Qn(v, y, (G, E, z, T, q, M, K, X, se, Q, A) => {
    let ee = G.pxRound, U = n, V = s * me, B = c * me, le = h * me, H, nt;
    T.ori == 0 ? [H, nt] = i(v, y) : [nt, H] = i(v, y);
    const Ae = T.dir * (T.ori == 0 ? 1 : -1);
    let ce = T.ori == 0 ? Hl : ir, Y = T.ori == 0 ? x : (L, fe, Ie, pn, Xt, kt, en) => {
      x(L, fe, Ie, Xt, pn, en, kt);
    }, ne = de(v.bands, Ji).find((L) => L.series[0] == y), C = ne != null ? ne.dir : 0, Oe = G.fillTo(v, y, G.min, G.max, C), ie = ee(K(Oe, q, A, se)), be, he, _t, st = Q, Ee = ee(G.width * me), St = !1, ct = null, lt = null, ut = null, Qt = null;
    g != null && (Ee == 0 || b != null) && (St = !0, ct = g.values(v, y, O, W), lt = /* @__PURE__ */ new Map(), new Set(ct).forEach((L) => {
      L != null && lt.set(L, new Path2D());
    }), Ee > 0 && (ut = b.values(v, y, O, W), Qt = /* @__PURE__ */ new Map(), new Set(ut).forEach((L) => {
      L != null && Qt.set(L, new Path2D());
    })));
    let { x0: Jt, size: Pt } = f;
    if (Jt != null && Pt != null) {
      U = 1, E = Jt.values(v, y, O, W), Jt.unit == 2 && (E = E.map((Ie) => v.posToVal(X + Ie * Q, T.key, !0)));
      let L = Pt.values(v, y, O, W);
      Pt.unit == 2 ? he = L[0] * Q : he = M(L[0], T, Q, X) - M(0, T, Q, X), st = Do(E, z, M, T, Q, X, st), _t = st - he + V;
    } else
      st = Do(E, z, M, T, Q, X, st), _t = st * o + V, he = st - _t;
    _t < 1 && (_t = 0), Ee >= he / 2 && (Ee = 0), _t < 5 && (ee = ba);
    let hn = _t > 0, Dt = st - _t - (hn ? Ee : 0);
    he = ee(Ci(Dt, le, B)), be = (U == 0 ? he / 2 : U == Ae ? 0 : he) - U * Ae * ((U == 0 ? V / 2 : 0) + (hn ? Ee / 2 : 0));
    const Ze = { stroke: null, fill: null, clip: null, band: null, gaps: null, flags: 0 }, fn = St ? null : new Path2D();
    let Ft = null;
    if (ne != null)
      Ft = v.data[ne.series[1]];
    else {
      let { y0: L, y1: fe } = f;
      L != null && fe != null && (z = fe.values(v, y, O, W), Ft = L.values(v, y, O, W));
    }
    let Bt = H * he, Z = nt * he;
    for (let L = Ae == 1 ? O : W; L >= O && L <= W; L += Ae) {
      let fe = z[L];
      if (fe == null)
        continue;
      if (Ft != null) {
        let Pe = Ft[L] ?? 0;
        if (fe - Pe == 0)
          continue;
        ie = K(Pe, q, A, se);
      }
      let Ie = T.distr != 2 || f != null ? E[L] : L, pn = M(Ie, T, Q, X), Xt = K(de(fe, Oe), q, A, se), kt = ee(pn - be), en = ee(mt(Xt, ie)), Ke = ee(Kt(Xt, ie)), it = en - Ke;
      if (fe != null) {
        let Pe = fe < 0 ? Z : Bt, Qe = fe < 0 ? Bt : Z;
        St ? (Ee > 0 && ut[L] != null && ce(Qt.get(ut[L]), kt, Ke + Lt(Ee / 2), he, mt(0, it - Ee), Pe, Qe), ct[L] != null && ce(lt.get(ct[L]), kt, Ke + Lt(Ee / 2), he, mt(0, it - Ee), Pe, Qe)) : ce(fn, kt, Ke + Lt(Ee / 2), he, mt(0, it - Ee), Pe, Qe), Y(
          v,
          y,
          L,
          kt - Ee / 2,
          Ke,
          he + Ee,
          it
        );
      }
    }
    return Ee > 0 ? Ze.stroke = St ? Qt : fn : St || (Ze._fill = G.width == 0 ? G._fill : G._stroke ?? G._fill, Ze.width = 0), Ze.fill = St ? lt : fn, Ze;
  });
}
function qh(t, e) {
  const n = de(e?.alignGaps, 0);
  return (s, l, i, o) => Qn(s, l, (c, h, f, x, g, b, v, y, O, W, G) => {
    [i, o] = Pl(f, i, o);
    let E = c.pxRound, z = (H) => E(b(H, x, W, y)), T = (H) => E(v(H, g, G, O)), q, M, K;
    x.ori == 0 ? (q = zl, K = Ss, M = Ga) : (q = Ul, K = Ts, M = Va);
    const X = x.dir * (x.ori == 0 ? 1 : -1);
    let se = z(h[X == 1 ? i : o]), Q = se, A = [], ee = [];
    for (let H = X == 1 ? i : o; H >= i && H <= o; H += X)
      if (f[H] != null) {
        let Ae = h[H], ce = z(Ae);
        A.push(Q = ce), ee.push(T(f[H]));
      }
    const U = { stroke: t(A, ee, q, K, M, E), fill: null, clip: null, band: null, gaps: null, flags: ks }, V = U.stroke;
    let [B, le] = sr(s, l);
    if (c.fill != null || B != 0) {
      let H = U.fill = new Path2D(V), nt = c.fillTo(s, l, c.min, c.max, B), Ae = T(nt);
      K(H, Q, Ae), K(H, se, Ae);
    }
    if (!c.spanGaps) {
      let H = [];
      H.push(...lr(h, f, i, o, X, z, n)), U.gaps = H = c.gaps(s, l, i, o, H), U.clip = Nl(H, x.ori, y, O, W, G);
    }
    return le != 0 && (U.band = le == 2 ? [
      Sn(s, l, i, o, V, -1),
      Sn(s, l, i, o, V, 1)
    ] : Sn(s, l, i, o, V, le)), U;
  });
}
function Yh(t) {
  return qh(Zh, t);
}
function Zh(t, e, n, s, l, i) {
  const o = t.length;
  if (o < 2)
    return null;
  const c = new Path2D();
  if (n(c, t[0], e[0]), o == 2)
    s(c, t[1], e[1]);
  else {
    let h = Array(o), f = Array(o - 1), x = Array(o - 1), g = Array(o - 1);
    for (let b = 0; b < o - 1; b++)
      x[b] = e[b + 1] - e[b], g[b] = t[b + 1] - t[b], f[b] = x[b] / g[b];
    h[0] = f[0];
    for (let b = 1; b < o - 1; b++)
      f[b] === 0 || f[b - 1] === 0 || f[b - 1] > 0 != f[b] > 0 ? h[b] = 0 : (h[b] = 3 * (g[b - 1] + g[b]) / ((2 * g[b] + g[b - 1]) / f[b - 1] + (g[b] + 2 * g[b - 1]) / f[b]), isFinite(h[b]) || (h[b] = 0));
    h[o - 1] = f[o - 2];
    for (let b = 0; b < o - 1; b++)
      l(
        c,
        t[b] + g[b] / 3,
        e[b] + h[b] * g[b] / 3,
        t[b + 1] - g[b] / 3,
        e[b + 1] - h[b + 1] * g[b] / 3,
        t[b + 1],
        e[b + 1]
      );
  }
  return c;
}
const Di = /* @__PURE__ */ new Set();
function Oo() {
  for (let t of Di)
    t.syncRect(!0);
}
vs && (qn(Ru, ds, Oo), qn(Cu, ds, Oo, !0), qn(Tl, ds, () => {
  ht.pxRatio = me;
}));
const Kh = Ya(), Qh = ja();
function Io(t, e, n, s) {
  return (s ? [t[0], t[1]].concat(t.slice(2)) : [t[0]].concat(t.slice(1))).map((i, o) => Oi(i, o, e, n));
}
function Jh(t, e) {
  return t.map((n, s) => s == 0 ? {} : We({}, e, n));
}
function Oi(t, e, n, s) {
  return We({}, e == 0 ? n : s, t);
}
function Za(t, e, n) {
  return e == null ? xs : [e, n];
}
const Xh = Za;
function ef(t, e, n) {
  return e == null ? xs : Al(e, n, Ki, !0);
}
function Ka(t, e, n, s) {
  return e == null ? xs : Dl(e, n, t.scales[s].log, !1);
}
const tf = Ka;
function Qa(t, e, n, s) {
  return e == null ? xs : Zi(e, n, t.scales[s].log, !1);
}
const nf = Qa;
function sf(t, e, n, s, l) {
  let i = mt(po(t), po(e)), o = e - t, c = Zt(l / s * o, n);
  do {
    let h = n[c], f = s * h / o;
    if (f >= l && i + (h < 5 ? Nn.get(h) : 0) <= 17)
      return [h, f];
  } while (++c < n.length);
  return [0, 0];
}
function No(t) {
  let e, n;
  return t = t.replace(/(\d+)px/, (s, l) => (e = je((n = +l) * me)) + "px"), [t, e, n];
}
function lf(t) {
  t.show && [t.font, t.labelFont].forEach((e) => {
    let n = Te(e[2] * me, 1);
    e[0] = e[0].replace(/[0-9.]+px/, n + "px"), e[1] = n;
  });
}
function ht(t, e, n) {
  const s = {
    mode: de(t.mode, 1)
  }, l = s.mode;
  function i(r, a, u, p) {
    let m = a.valToPct(r);
    return p + u * (a.dir == -1 ? 1 - m : m);
  }
  function o(r, a, u, p) {
    let m = a.valToPct(r);
    return p + u * (a.dir == -1 ? m : 1 - m);
  }
  function c(r, a, u, p) {
    return a.ori == 0 ? i(r, a, u, p) : o(r, a, u, p);
  }
  s.valToPosH = i, s.valToPosV = o;
  let h = !1;
  s.status = 0;
  const f = s.root = zt(hu);
  if (t.id != null && (f.id = t.id), Ct(f, t.class), t.title) {
    let r = zt(du, f);
    r.textContent = t.title;
  }
  const x = qt("canvas"), g = s.ctx = x.getContext("2d"), b = zt(gu, f);
  qn("click", b, (r) => {
    r.target === y && (Re != rs || De != os) && at.click(s, r);
  }, !0);
  const v = s.under = zt(mu, b);
  b.appendChild(x);
  const y = s.over = zt(bu, b);
  t = _s(t);
  const O = +de(t.pxAlign, 1), W = Po(O);
  (t.plugins || []).forEach((r) => {
    r.opts && (t = r.opts(s, t) || t);
  });
  const G = t.ms || 1e-3, E = s.series = l == 1 ? Io(t.series || [], Ao, Lo, !1) : Jh(t.series || [null], Co), z = s.axes = Io(t.axes || [], To, $o, !0), T = s.scales = {}, q = s.bands = t.bands || [];
  q.forEach((r) => {
    r.fill = ae(r.fill || null), r.dir = de(r.dir, -1);
  });
  const M = l == 2 ? E[1].facets[0].scale : E[0].scale, K = {
    axes: $c,
    series: vc
  }, X = (t.drawOrder || ["axes", "series"]).map((r) => K[r]);
  function se(r) {
    const a = r.distr == 3 ? (u) => vn(u > 0 ? u : r.clamp(s, u, r.min, r.max, r.key)) : r.distr == 4 ? (u) => di(u, r.asinh) : r.distr == 100 ? (u) => r.fwd(u) : (u) => u;
    return (u) => {
      let p = a(u), { _min: m, _max: w } = r, _ = w - m;
      return (p - m) / _;
    };
  }
  function Q(r) {
    let a = T[r];
    if (a == null) {
      let u = (t.scales || Ys)[r] || Ys;
      if (u.from != null) {
        Q(u.from);
        let p = We({}, T[u.from], u, { key: r });
        p.valToPct = se(p), T[r] = p;
      } else {
        a = T[r] = We({}, r == M ? Ua : Hh, u), a.key = r;
        let p = a.time, m = a.range, w = Dn(m);
        if ((r != M || l == 2 && !p) && (w && (m[0] == null || m[1] == null) && (m = {
          min: m[0] == null ? uo : {
            mode: 1,
            hard: m[0],
            soft: m[0]
          },
          max: m[1] == null ? uo : {
            mode: 1,
            hard: m[1],
            soft: m[1]
          }
        }, w = !1), !w && Il(m))) {
          let _ = m;
          m = (S, $, P) => $ == null ? xs : Al($, P, _);
        }
        a.range = ae(m || (p ? Xh : r == M ? a.distr == 3 ? tf : a.distr == 4 ? nf : Za : a.distr == 3 ? Ka : a.distr == 4 ? Qa : ef)), a.auto = ae(w ? !1 : a.auto), a.clamp = ae(a.clamp || Uh), a._min = a._max = null, a.valToPct = se(a);
      }
    }
  }
  Q("x"), Q("y"), l == 1 && E.forEach((r) => {
    Q(r.scale);
  }), z.forEach((r) => {
    Q(r.scale);
  });
  for (let r in t.scales)
    Q(r);
  const A = T[M], ee = A.distr;
  let U, V;
  A.ori == 0 ? (Ct(f, fu), U = i, V = o) : (Ct(f, pu), U = o, V = i);
  const B = {};
  for (let r in T) {
    let a = T[r];
    (a.min != null || a.max != null) && (B[r] = { min: a.min, max: a.max }, a.min = a.max = null);
  }
  const le = t.tzDate || ((r) => new Date(je(r / G))), H = t.fmtDate || Xi, nt = G == 1 ? fh(le) : gh(le), Ae = yo(le, ko(G == 1 ? hh : dh, H)), ce = So(le, vo(bh, H)), Y = [], ne = s.legend = We({}, _h, t.legend), C = s.cursor = We({}, Ah, { drag: { y: l == 2 } }, t.cursor), Oe = ne.show, ie = C.show, be = ne.markers;
  ne.idxs = Y, be.width = ae(be.width), be.dash = ae(be.dash), be.stroke = ae(be.stroke), be.fill = ae(be.fill);
  let he, _t, st, Ee = [], St = [], ct, lt = !1, ut = {};
  if (ne.live) {
    const r = E[1] ? E[1].values : null;
    lt = r != null, ct = lt ? r(s, 1, 0) : { _: 0 };
    for (let a in ct)
      ut[a] = qi;
  }
  if (Oe)
    if (he = qt("table", vu, f), st = qt("tbody", null, he), ne.mount(s, he), lt) {
      _t = qt("thead", null, he, st);
      let r = qt("tr", null, _t);
      qt("th", null, r);
      for (var Qt in ct)
        qt("th", Qr, r).textContent = Qt;
    } else
      Ct(he, Tu), ne.live && Ct(he, Su);
  const Jt = { show: !0 }, Pt = { show: !1 };
  function hn(r, a) {
    if (a == 0 && (lt || !ne.live || l == 2))
      return xs;
    let u = [], p = qt("tr", Au, st, st.childNodes[a]);
    Ct(p, r.class), r.show || Ct(p, Vn);
    let m = qt("th", null, p);
    if (be.show) {
      let S = zt(Eu, m);
      if (a > 0) {
        let $ = be.width(s, a);
        $ && (S.style.border = $ + "px " + be.dash(s, a) + " " + be.stroke(s, a)), S.style.background = be.fill(s, a);
      }
    }
    let w = zt(Qr, m);
    r.label instanceof HTMLElement ? w.appendChild(r.label) : w.textContent = r.label, a > 0 && (be.show || (w.style.color = r.width > 0 ? be.stroke(s, a) : be.fill(s, a)), Ze("click", m, (S) => {
      if (C._lock)
        return;
      Wt(S);
      let $ = E.indexOf(r);
      if ((S.ctrlKey || S.metaKey) != ne.isolate) {
        let P = E.some((D, I) => I > 0 && I != $ && D.show);
        E.forEach((D, I) => {
          I > 0 && ln(I, P ? I == $ ? Jt : Pt : Jt, !0, Be.setSeries);
        });
      } else
        ln($, { show: !r.show }, !0, Be.setSeries);
    }, !1), $n && Ze(to, m, (S) => {
      C._lock || (Wt(S), ln(E.indexOf(r), cs, !0, Be.setSeries));
    }, !1));
    for (var _ in ct) {
      let S = qt("td", $u, p);
      S.textContent = "--", u.push(S);
    }
    return [p, u];
  }
  const Dt = /* @__PURE__ */ new Map();
  function Ze(r, a, u, p = !0) {
    const m = Dt.get(a) || {}, w = C.bind[r](s, a, u, p);
    w && (qn(r, a, m[r] = w), Dt.set(a, m));
  }
  function fn(r, a, u) {
    const p = Dt.get(a) || {};
    for (let m in p)
      (r == null || m == r) && (Ri(m, a, p[m]), delete p[m]);
    r == null && Dt.delete(a);
  }
  let Ft = 0, Bt = 0, Z = 0, L = 0, fe = 0, Ie = 0, pn = fe, Xt = Ie, kt = Z, en = L, Ke = 0, it = 0, Pe = 0, Qe = 0;
  s.bbox = {};
  let zn = !1, Tn = !1, An = !1, Ot = !1, dn = !1, yt = !1;
  function gn(r, a, u) {
    (u || r != s.width || a != s.height) && nl(r, a), ns(!1), An = !0, Tn = !0, ss();
  }
  function nl(r, a) {
    s.width = Ft = Z = r, s.height = Bt = L = a, fe = Ie = 0, jl(), sl();
    let u = s.bbox;
    Ke = u.left = Wn(fe * me, 0.5), it = u.top = Wn(Ie * me, 0.5), Pe = u.width = Wn(Z * me, 0.5), Qe = u.height = Wn(L * me, 0.5);
  }
  const Vl = 3;
  function He() {
    let r = !1, a = 0;
    for (; !r; ) {
      a++;
      let u = Ac(a), p = Ec(a);
      r = a == Vl || u && p, r || (nl(s.width, s.height), Tn = !0);
    }
  }
  function En({ width: r, height: a }) {
    gn(r, a);
  }
  s.setSize = En;
  function jl() {
    let r = !1, a = !1, u = !1, p = !1;
    z.forEach((m, w) => {
      if (m.show && m._show) {
        let { side: _, _size: S } = m, $ = _ % 2, P = m.label != null ? m.labelSize : 0, D = S + P;
        D > 0 && ($ ? (Z -= D, _ == 3 ? (fe += D, p = !0) : u = !0) : (L -= D, _ == 0 ? (Ie += D, r = !0) : a = !0));
      }
    }), tn[0] = r, tn[1] = u, tn[2] = a, tn[3] = p, Z -= N[1] + N[3], fe += N[3], L -= N[2] + N[0], Ie += N[0];
  }
  function sl() {
    let r = fe + Z, a = Ie + L, u = fe, p = Ie;
    function m(w, _) {
      switch (w) {
        case 1:
          return r += _, r - _;
        case 2:
          return a += _, a - _;
        case 3:
          return u -= _, u + _;
        case 0:
          return p -= _, p + _;
      }
    }
    z.forEach((w, _) => {
      if (w.show && w._show) {
        let S = w.side;
        w._pos = m(S, w._size), w.label != null && (w._lpos = m(S, w.labelSize));
      }
    });
  }
  if (C.dataIdx == null) {
    let r = C.hover, a = r.skip = new Set(r.skip ?? []);
    a.add(void 0);
    let u = r.prox = ae(r.prox), p = r.bias ??= 0;
    C.dataIdx = (m, w, _, S) => {
      if (w == 0)
        return _;
      let $ = _, P = u(m, w, _, S) ?? Se, D = P >= 0 && P < Se, I = A.ori == 0 ? Z : L, J = C.left, ge = e[0], pe = e[w];
      if (a.has(pe[_])) {
        $ = null;
        let re = null, j = null, F;
        if (p == 0 || p == -1)
          for (F = _; re == null && F-- > 0; )
            a.has(pe[F]) || (re = F);
        if (p == 0 || p == 1)
          for (F = _; j == null && F++ < pe.length; )
            a.has(pe[F]) || (j = F);
        if (re != null || j != null)
          if (D) {
            let Le = re == null ? -1 / 0 : U(ge[re], A, I, 0), Ne = j == null ? 1 / 0 : U(ge[j], A, I, 0), tt = J - Le, ve = Ne - J;
            tt <= ve ? tt <= P && ($ = re) : ve <= P && ($ = j);
          } else
            $ = j == null ? re : re == null ? j : _ - re <= j - _ ? re : j;
      } else D && qe(J - U(ge[_], A, I, 0)) > P && ($ = null);
      return $;
    };
  }
  const Wt = (r) => {
    C.event = r;
  };
  C.idxs = Y, C._lock = !1;
  let Ge = C.points;
  Ge.show = ae(Ge.show), Ge.size = ae(Ge.size), Ge.stroke = ae(Ge.stroke), Ge.width = ae(Ge.width), Ge.fill = ae(Ge.fill);
  const Tt = s.focus = We({}, t.focus || { alpha: 0.3 }, C.focus), $n = Tt.prox >= 0, rt = $n && Ge.one;
  let Ve = [], mn = [], bn = [];
  function Xn(r, a) {
    let u = Ge.show(s, a);
    if (u instanceof HTMLElement)
      return Ct(u, yu), Ct(u, r.class), cn(u, -10, -10, Z, L), y.insertBefore(u, Ve[a]), u;
  }
  function As(r, a) {
    if (l == 1 || a > 0) {
      let u = l == 1 && T[r.scale].time, p = r.value;
      r.value = u ? bo(p) ? So(le, vo(p, H)) : p || ce : p || Ih, r.label = r.label || (u ? $h : Eh);
    }
    if (rt || a > 0) {
      r.width = r.width == null ? 1 : r.width, r.paths = r.paths || Kh || Hu, r.fillTo = ae(r.fillTo || Fh), r.pxAlign = +de(r.pxAlign, O), r.pxRound = Po(r.pxAlign), r.stroke = ae(r.stroke || null), r.fill = ae(r.fill || null), r._stroke = r._fill = r._paths = r._focus = null;
      let u = Nh(mt(1, r.width), 1), p = r.points = We({}, {
        size: u,
        width: mt(1, u * 0.2),
        stroke: r.stroke,
        space: u * 2,
        paths: Qh,
        _stroke: null,
        _fill: null
      }, r.points);
      p.show = ae(p.show), p.filter = ae(p.filter), p.fill = ae(p.fill), p.stroke = ae(p.stroke), p.paths = ae(p.paths), p.pxAlign = r.pxAlign;
    }
    if (Oe) {
      let u = hn(r, a);
      Ee.splice(a, 0, u[0]), St.splice(a, 0, u[1]), ne.values.push(null);
    }
    if (ie) {
      Y.splice(a, 0, null);
      let u = null;
      rt ? a == 0 && (u = Xn(r, a)) : a > 0 && (u = Xn(r, a)), Ve.splice(a, 0, u), mn.splice(a, 0, 0), bn.splice(a, 0, 0);
    }
    et("addSeries", a);
  }
  function Gt(r, a) {
    a = a ?? E.length, r = l == 1 ? Oi(r, a, Ao, Lo) : Oi(r, a, {}, Co), E.splice(a, 0, r), As(E[a], a);
  }
  s.addSeries = Gt;
  function ll(r) {
    if (E.splice(r, 1), Oe) {
      ne.values.splice(r, 1), St.splice(r, 1);
      let a = Ee.splice(r, 1)[0];
      fn(null, a.firstChild), a.remove();
    }
    ie && (Y.splice(r, 1), Ve.splice(r, 1)[0].remove(), mn.splice(r, 1), bn.splice(r, 1)), et("delSeries", r);
  }
  s.delSeries = ll;
  const tn = [!1, !1, !1, !1];
  function il(r, a) {
    if (r._show = r.show, r.show) {
      let u = r.side % 2, p = T[r.scale];
      p == null && (r.scale = u ? E[1].scale : M, p = T[r.scale]);
      let m = p.time;
      r.size = ae(r.size), r.space = ae(r.space), r.rotate = ae(r.rotate), Dn(r.incrs) && r.incrs.forEach((_) => {
        !Nn.has(_) && Nn.set(_, _a(_));
      }), r.incrs = ae(r.incrs || (p.distr == 2 ? ah : m ? G == 1 ? uh : ph : Gn)), r.splits = ae(r.splits || (m && p.distr == 1 ? nt : p.distr == 3 ? Li : p.distr == 4 ? Lh : Ch)), r.stroke = ae(r.stroke), r.grid.stroke = ae(r.grid.stroke), r.ticks.stroke = ae(r.ticks.stroke), r.border.stroke = ae(r.border.stroke);
      let w = r.values;
      r.values = // static array of tick values
      Dn(w) && !Dn(w[0]) ? ae(w) : (
        // temporal
        m ? (
          // config array of fmtDate string tpls
          Dn(w) ? yo(le, ko(w, H)) : (
            // fmtDate string tpl
            bo(w) ? mh(le, w) : w || Ae
          )
        ) : w || Rh
      ), r.filter = ae(r.filter || (p.distr >= 3 && p.log == 10 ? Dh : p.distr == 3 && p.log == 2 ? Oh : wa)), r.font = No(r.font), r.labelFont = No(r.labelFont), r._size = r.size(s, null, a, 0), r._space = r._rotate = r._incrs = r._found = // foundIncrSpace
      r._splits = r._values = null, r._size > 0 && (tn[a] = !0, r._el = zt(wu, b));
    }
  }
  function Rn(r, a, u, p) {
    let [m, w, _, S] = u, $ = a % 2, P = 0;
    return $ == 0 && (S || w) && (P = a == 0 && !m || a == 2 && !_ ? je(To.size / 3) : 0), $ == 1 && (m || _) && (P = a == 1 && !w || a == 3 && !S ? je($o.size / 2) : 0), P;
  }
  const rl = s.padding = (t.padding || [Rn, Rn, Rn, Rn]).map((r) => ae(de(r, Rn))), N = s._padding = rl.map((r, a) => r(s, a, tn, 0));
  let d, k = null, R = null;
  const _e = l == 1 ? E[0].idxs : null;
  let ye = null, $e = !1;
  function ot(r, a) {
    if (e = r ?? [], s.data = s._data = e, l == 2) {
      d = 0;
      for (let u = 1; u < E.length; u++)
        d += e[u][0].length;
    } else {
      e.length == 0 && (s.data = s._data = e = [[]]), ye = e[0], d = ye.length;
      let u = e;
      if (ee == 2) {
        u = e.slice();
        let p = u[0] = Array(d);
        for (let m = 0; m < d; m++)
          p[m] = m;
      }
      s._data = e = u;
    }
    if (ns(!0), et("setData"), ee == 2 && (An = !0), a !== !1) {
      let u = A;
      u.auto(s, $e) ? At() : Ln(M, u.min, u.max), Ot = Ot || C.left >= 0, yt = !0, ss();
    }
  }
  s.setData = ot;
  function At() {
    $e = !0;
    let r, a;
    l == 1 && (d > 0 ? (k = _e[0] = 0, R = _e[1] = d - 1, r = e[0][k], a = e[0][R], ee == 2 ? (r = k, a = R) : r == a && (ee == 3 ? [r, a] = Dl(r, r, A.log, !1) : ee == 4 ? [r, a] = Zi(r, r, A.log, !1) : A.time ? a = r + je(86400 / G) : [r, a] = Al(r, a, Ki, !0))) : (k = _e[0] = r = null, R = _e[1] = a = null)), Ln(M, r, a);
  }
  let nn, sn, Fe, es, ts, ql, Yl, Zl, Kl, vt;
  function gr(r, a, u, p, m, w) {
    r ??= Xr, u ??= Ji, p ??= "butt", m ??= Xr, w ??= "round", r != nn && (g.strokeStyle = nn = r), m != sn && (g.fillStyle = sn = m), a != Fe && (g.lineWidth = Fe = a), w != ts && (g.lineJoin = ts = w), p != ql && (g.lineCap = ql = p), u != es && g.setLineDash(es = u);
  }
  function mr(r, a, u, p) {
    a != sn && (g.fillStyle = sn = a), r != Yl && (g.font = Yl = r), u != Zl && (g.textAlign = Zl = u), p != Kl && (g.textBaseline = Kl = p);
  }
  function Ql(r, a, u, p, m = 0) {
    if (p.length > 0 && r.auto(s, $e) && (a == null || a.min == null)) {
      let w = de(k, 0), _ = de(R, p.length - 1), S = u.min == null ? Du(p, w, _, m, r.distr == 3) : [u.min, u.max];
      r.min = Kt(r.min, u.min = S[0]), r.max = mt(r.max, u.max = S[1]);
    }
  }
  const br = { min: null, max: null };
  function kc() {
    for (let p in T) {
      let m = T[p];
      B[p] == null && // scales that have never been set (on init)
      (m.min == null || // or auto scales when the x scale was explicitly set
      B[M] != null && m.auto(s, $e)) && (B[p] = br);
    }
    for (let p in T) {
      let m = T[p];
      B[p] == null && m.from != null && B[m.from] != null && (B[p] = br);
    }
    B[M] != null && ns(!0);
    let r = {};
    for (let p in B) {
      let m = B[p];
      if (m != null) {
        let w = r[p] = _s(T[p], Wu);
        if (m.min != null)
          We(w, m);
        else if (p != M || l == 2)
          if (d == 0 && w.from == null) {
            let _ = w.range(s, null, null, p);
            w.min = _[0], w.max = _[1];
          } else
            w.min = Se, w.max = -Se;
      }
    }
    if (d > 0) {
      E.forEach((p, m) => {
        if (l == 1) {
          let w = p.scale, _ = B[w];
          if (_ == null)
            return;
          let S = r[w];
          if (m == 0) {
            let $ = S.range(s, S.min, S.max, w);
            S.min = $[0], S.max = $[1], k = Zt(S.min, e[0]), R = Zt(S.max, e[0]), R - k > 1 && (e[0][k] < S.min && k++, e[0][R] > S.max && R--), p.min = ye[k], p.max = ye[R];
          } else p.show && p.auto && Ql(S, _, p, e[m], p.sorted);
          p.idxs[0] = k, p.idxs[1] = R;
        } else if (m > 0 && p.show && p.auto) {
          let [w, _] = p.facets, S = w.scale, $ = _.scale, [P, D] = e[m], I = r[S], J = r[$];
          I != null && Ql(I, B[S], w, P, w.sorted), J != null && Ql(J, B[$], _, D, _.sorted), p.min = _.min, p.max = _.max;
        }
      });
      for (let p in r) {
        let m = r[p], w = B[p];
        if (m.from == null && (w == null || w.min == null)) {
          let _ = m.range(
            s,
            m.min == Se ? null : m.min,
            m.max == -Se ? null : m.max,
            p
          );
          m.min = _[0], m.max = _[1];
        }
      }
    }
    for (let p in r) {
      let m = r[p];
      if (m.from != null) {
        let w = r[m.from];
        if (w.min == null)
          m.min = m.max = null;
        else {
          let _ = m.range(s, w.min, w.max, p);
          m.min = _[0], m.max = _[1];
        }
      }
    }
    let a = {}, u = !1;
    for (let p in r) {
      let m = r[p], w = T[p];
      if (w.min != m.min || w.max != m.max) {
        w.min = m.min, w.max = m.max;
        let _ = w.distr;
        w._min = _ == 3 ? vn(w.min) : _ == 4 ? di(w.min, w.asinh) : _ == 100 ? w.fwd(w.min) : w.min, w._max = _ == 3 ? vn(w.max) : _ == 4 ? di(w.max, w.asinh) : _ == 100 ? w.fwd(w.max) : w.max, a[p] = u = !0;
      }
    }
    if (u) {
      E.forEach((p, m) => {
        l == 2 ? m > 0 && a.y && (p._paths = null) : a[p.scale] && (p._paths = null);
      });
      for (let p in a)
        An = !0, et("setScale", p);
      ie && C.left >= 0 && (Ot = yt = !0);
    }
    for (let p in B)
      B[p] = null;
  }
  function yc(r) {
    let a = Ci(k - 1, 0, d - 1), u = Ci(R + 1, 0, d - 1);
    for (; r[a] == null && a > 0; )
      a--;
    for (; r[u] == null && u < d - 1; )
      u++;
    return [a, u];
  }
  function vc() {
    if (d > 0) {
      let r = E.some((a) => a._focus) && vt != Tt.alpha;
      r && (g.globalAlpha = vt = Tt.alpha), E.forEach((a, u) => {
        if (u > 0 && a.show && (wr(u, !1), wr(u, !0), a._paths == null)) {
          let p = vt;
          vt != a.alpha && (g.globalAlpha = vt = a.alpha);
          let m = l == 2 ? [0, e[u][0].length - 1] : yc(e[u]);
          a._paths = a.paths(s, u, m[0], m[1]), vt != p && (g.globalAlpha = vt = p);
        }
      }), E.forEach((a, u) => {
        if (u > 0 && a.show) {
          let p = vt;
          vt != a.alpha && (g.globalAlpha = vt = a.alpha), a._paths != null && xr(u, !1);
          {
            let m = a._paths != null ? a._paths.gaps : null, w = a.points.show(s, u, k, R, m), _ = a.points.filter(s, u, w, m);
            (w || _) && (a.points._paths = a.points.paths(s, u, k, R, _), xr(u, !0));
          }
          vt != p && (g.globalAlpha = vt = p), et("drawSeries", u);
        }
      }), r && (g.globalAlpha = vt = 1);
    }
  }
  function wr(r, a) {
    let u = a ? E[r].points : E[r];
    u._stroke = u.stroke(s, r), u._fill = u.fill(s, r);
  }
  function xr(r, a) {
    let u = a ? E[r].points : E[r], {
      stroke: p,
      fill: m,
      clip: w,
      flags: _,
      _stroke: S = u._stroke,
      _fill: $ = u._fill,
      _width: P = u.width
    } = u._paths;
    P = Te(P * me, 3);
    let D = null, I = P % 2 / 2;
    a && $ == null && ($ = P > 0 ? "#fff" : S);
    let J = u.pxAlign == 1 && I > 0;
    if (J && g.translate(I, I), !a) {
      let ge = Ke - P / 2, pe = it - P / 2, re = Pe + P, j = Qe + P;
      D = new Path2D(), D.rect(ge, pe, re, j);
    }
    a ? Jl(S, P, u.dash, u.cap, $, p, m, _, w) : Sc(r, S, P, u.dash, u.cap, $, p, m, _, D, w), J && g.translate(-I, -I);
  }
  function Sc(r, a, u, p, m, w, _, S, $, P, D) {
    let I = !1;
    $ != 0 && q.forEach((J, ge) => {
      if (J.series[0] == r) {
        let pe = E[J.series[1]], re = e[J.series[1]], j = (pe._paths || Ys).band;
        Dn(j) && (j = J.dir == 1 ? j[0] : j[1]);
        let F, Le = null;
        pe.show && j && Iu(re, k, R) ? (Le = J.fill(s, ge) || w, F = pe._paths.clip) : j = null, Jl(a, u, p, m, Le, _, S, $, P, D, F, j), I = !0;
      }
    }), I || Jl(a, u, p, m, w, _, S, $, P, D);
  }
  const _r = ks | Pi;
  function Jl(r, a, u, p, m, w, _, S, $, P, D, I) {
    gr(r, a, u, p, m), ($ || P || I) && (g.save(), $ && g.clip($), P && g.clip(P)), I ? (S & _r) == _r ? (g.clip(I), D && g.clip(D), al(m, _), ol(r, w, a)) : S & Pi ? (al(m, _), g.clip(I), ol(r, w, a)) : S & ks && (g.save(), g.clip(I), D && g.clip(D), al(m, _), g.restore(), ol(r, w, a)) : (al(m, _), ol(r, w, a)), ($ || P || I) && g.restore();
  }
  function ol(r, a, u) {
    u > 0 && (a instanceof Map ? a.forEach((p, m) => {
      g.strokeStyle = nn = m, g.stroke(p);
    }) : a != null && r && g.stroke(a));
  }
  function al(r, a) {
    a instanceof Map ? a.forEach((u, p) => {
      g.fillStyle = sn = p, g.fill(u);
    }) : a != null && r && g.fill(a);
  }
  function Tc(r, a, u, p) {
    let m = z[r], w;
    if (p <= 0)
      w = [0, 0];
    else {
      let _ = m._space = m.space(s, r, a, u, p), S = m._incrs = m.incrs(s, r, a, u, p, _);
      w = sf(a, u, S, p, _);
    }
    return m._found = w;
  }
  function Xl(r, a, u, p, m, w, _, S, $, P) {
    let D = _ % 2 / 2;
    O == 1 && g.translate(D, D), gr(S, _, $, P, S), g.beginPath();
    let I, J, ge, pe, re = m + (p == 0 || p == 3 ? -w : w);
    u == 0 ? (J = m, pe = re) : (I = m, ge = re);
    for (let j = 0; j < r.length; j++)
      a[j] != null && (u == 0 ? I = ge = r[j] : J = pe = r[j], g.moveTo(I, J), g.lineTo(ge, pe));
    g.stroke(), O == 1 && g.translate(-D, -D);
  }
  function Ac(r) {
    let a = !0;
    return z.forEach((u, p) => {
      if (!u.show)
        return;
      let m = T[u.scale];
      if (m.min == null) {
        u._show && (a = !1, u._show = !1, ns(!1));
        return;
      } else
        u._show || (a = !1, u._show = !0, ns(!1));
      let w = u.side, _ = w % 2, { min: S, max: $ } = m, [P, D] = Tc(p, S, $, _ == 0 ? Z : L);
      if (D == 0)
        return;
      let I = m.distr == 2, J = u._splits = u.splits(s, p, S, $, P, D, I), ge = m.distr == 2 ? J.map((F) => ye[F]) : J, pe = m.distr == 2 ? ye[J[1]] - ye[J[0]] : P, re = u._values = u.values(s, u.filter(s, ge, p, D, pe), p, D, pe);
      u._rotate = w == 2 ? u.rotate(s, re, p, D) : 0;
      let j = u._size;
      u._size = Ut(u.size(s, re, p, r)), j != null && u._size != j && (a = !1);
    }), a;
  }
  function Ec(r) {
    let a = !0;
    return rl.forEach((u, p) => {
      let m = u(s, p, tn, r);
      m != N[p] && (a = !1), N[p] = m;
    }), a;
  }
  function $c() {
    for (let r = 0; r < z.length; r++) {
      let a = z[r];
      if (!a.show || !a._show)
        continue;
      let u = a.side, p = u % 2, m, w, _ = a.stroke(s, r), S = u == 0 || u == 3 ? -1 : 1, [$, P] = a._found;
      if (a.label != null) {
        let pt = a.labelGap * S, Rt = je((a._lpos + pt) * me);
        mr(a.labelFont[0], _, "center", u == 2 ? Ps : Jr), g.save(), p == 1 ? (m = w = 0, g.translate(
          Rt,
          je(it + Qe / 2)
        ), g.rotate((u == 3 ? -_l : _l) / 2)) : (m = je(Ke + Pe / 2), w = Rt);
        let Fn = ma(a.label) ? a.label(s, r, $, P) : a.label;
        g.fillText(Fn, m, w), g.restore();
      }
      if (P == 0)
        continue;
      let D = T[a.scale], I = p == 0 ? Pe : Qe, J = p == 0 ? Ke : it, ge = a._splits, pe = D.distr == 2 ? ge.map((pt) => ye[pt]) : ge, re = D.distr == 2 ? ye[ge[1]] - ye[ge[0]] : $, j = a.ticks, F = a.border, Le = j.show ? j.size : 0, Ne = je(Le * me), tt = je((a.alignTo == 2 ? a._size - Le - a.gap : a.gap) * me), ve = a._rotate * -_l / 180, ze = W(a._pos * me), Et = (Ne + tt) * S, ft = ze + Et;
      w = p == 0 ? ft : 0, m = p == 1 ? ft : 0;
      let It = a.font[0], Vt = a.align == 1 ? hs : a.align == 2 ? hi : ve > 0 ? hs : ve < 0 ? hi : p == 0 ? "center" : u == 3 ? hi : hs, on = ve || p == 1 ? "middle" : u == 2 ? Ps : Jr;
      mr(It, _, Vt, on);
      let $t = a.font[1] * a.lineGap, Nt = ge.map((pt) => W(c(pt, D, I, J))), jt = a._values;
      for (let pt = 0; pt < jt.length; pt++) {
        let Rt = jt[pt];
        if (Rt != null) {
          p == 0 ? m = Nt[pt] : w = Nt[pt], Rt = "" + Rt;
          let Fn = Rt.indexOf(`
`) == -1 ? [Rt] : Rt.split(/\n/gm);
          for (let dt = 0; dt < Fn.length; dt++) {
            let Ur = Fn[dt];
            ve ? (g.save(), g.translate(m, w + dt * $t), g.rotate(ve), g.fillText(Ur, 0, 0), g.restore()) : g.fillText(Ur, m, w + dt * $t);
          }
        }
      }
      j.show && Xl(
        Nt,
        j.filter(s, pe, r, P, re),
        p,
        u,
        ze,
        Ne,
        Te(j.width * me, 3),
        j.stroke(s, r),
        j.dash,
        j.cap
      );
      let an = a.grid;
      an.show && Xl(
        Nt,
        an.filter(s, pe, r, P, re),
        p,
        p == 0 ? 2 : 1,
        p == 0 ? it : Ke,
        p == 0 ? Qe : Pe,
        Te(an.width * me, 3),
        an.stroke(s, r),
        an.dash,
        an.cap
      ), F.show && Xl(
        [ze],
        [1],
        p == 0 ? 1 : 0,
        p == 0 ? 1 : 2,
        p == 1 ? it : Ke,
        p == 1 ? Qe : Pe,
        Te(F.width * me, 3),
        F.stroke(s, r),
        F.dash,
        F.cap
      );
    }
    et("drawAxes");
  }
  function ns(r) {
    E.forEach((a, u) => {
      u > 0 && (a._paths = null, r && (l == 1 ? (a.min = null, a.max = null) : a.facets.forEach((p) => {
        p.min = null, p.max = null;
      })));
    });
  }
  let cl = !1, ei = !1, Es = [];
  function Rc() {
    ei = !1;
    for (let r = 0; r < Es.length; r++)
      et(...Es[r]);
    Es.length = 0;
  }
  function ss() {
    cl || (Ku(kr), cl = !0);
  }
  function Cc(r, a = !1) {
    cl = !0, ei = a, r(s), kr(), a && Es.length > 0 && queueMicrotask(Rc);
  }
  s.batch = Cc;
  function kr() {
    if (zn && (kc(), zn = !1), An && (He(), An = !1), Tn) {
      if (Me(v, hs, fe), Me(v, Ps, Ie), Me(v, Ws, Z), Me(v, Gs, L), Me(y, hs, fe), Me(y, Ps, Ie), Me(y, Ws, Z), Me(y, Gs, L), Me(b, Ws, Ft), Me(b, Gs, Bt), x.width = je(Ft * me), x.height = je(Bt * me), z.forEach(({ _el: r, _show: a, _size: u, _pos: p, side: m }) => {
        if (r != null)
          if (a) {
            let w = m === 3 || m === 0 ? u : 0, _ = m % 2 == 1;
            Me(r, _ ? "left" : "top", p - w), Me(r, _ ? "width" : "height", u), Me(r, _ ? "top" : "left", _ ? Ie : fe), Me(r, _ ? "height" : "width", _ ? L : Z), $i(r, Vn);
          } else
            Ct(r, Vn);
      }), nn = sn = Fe = ts = ql = Yl = Zl = Kl = es = null, vt = 1, Cs(!0), fe != pn || Ie != Xt || Z != kt || L != en) {
        ns(!1);
        let r = Z / kt, a = L / en;
        if (ie && !Ot && C.left >= 0) {
          C.left *= r, C.top *= a, ls && cn(ls, je(C.left), 0, Z, L), is && cn(is, 0, je(C.top), Z, L);
          for (let u = 0; u < Ve.length; u++) {
            let p = Ve[u];
            p != null && (mn[u] *= r, bn[u] *= a, cn(p, Ut(mn[u]), Ut(bn[u]), Z, L));
          }
        }
        if (Ce.show && !dn && Ce.left >= 0 && Ce.width > 0) {
          Ce.left *= r, Ce.width *= r, Ce.top *= a, Ce.height *= a;
          for (let u in ri)
            Me(as, u, Ce[u]);
        }
        pn = fe, Xt = Ie, kt = Z, en = L;
      }
      et("setSize"), Tn = !1;
    }
    Ft > 0 && Bt > 0 && (g.clearRect(0, 0, x.width, x.height), et("drawClear"), X.forEach((r) => r()), et("draw")), Ce.show && dn && (ul(Ce), dn = !1), ie && Ot && (Hn(null, !0, !1), Ot = !1), ne.show && ne.live && yt && (li(), yt = !1), h || (h = !0, s.status = 1, et("ready")), $e = !1, cl = !1;
  }
  s.redraw = (r, a) => {
    An = a || !1, r !== !1 ? Ln(M, A.min, A.max) : ss();
  };
  function ti(r, a) {
    let u = T[r];
    if (u.from == null) {
      if (d == 0) {
        let p = u.range(s, a.min, a.max, r);
        a.min = p[0], a.max = p[1];
      }
      if (a.min > a.max) {
        let p = a.min;
        a.min = a.max, a.max = p;
      }
      if (d > 1 && a.min != null && a.max != null && a.max - a.min < 1e-16)
        return;
      r == M && u.distr == 2 && d > 0 && (a.min = Zt(a.min, e[0]), a.max = Zt(a.max, e[0]), a.min == a.max && a.max++), B[r] = a, zn = !0, ss();
    }
  }
  s.setScale = ti;
  let ni, si, ls, is, yr, vr, rs, os, Sr, Tr, Re, De, Cn = !1;
  const at = C.drag;
  let Je = at.x, Xe = at.y;
  ie && (C.x && (ni = zt(_u, y)), C.y && (si = zt(ku, y)), A.ori == 0 ? (ls = ni, is = si) : (ls = si, is = ni), Re = C.left, De = C.top);
  const Ce = s.select = We({
    show: !0,
    over: !0,
    left: 0,
    width: 0,
    top: 0,
    height: 0
  }, t.select), as = Ce.show ? zt(xu, Ce.over ? y : v) : null;
  function ul(r, a) {
    if (Ce.show) {
      for (let u in r)
        Ce[u] = r[u], u in ri && Me(as, u, r[u]);
      a !== !1 && et("setSelect");
    }
  }
  s.setSelect = ul;
  function Lc(r) {
    if (E[r].show)
      Oe && $i(Ee[r], Vn);
    else if (Oe && Ct(Ee[r], Vn), ie) {
      let u = rt ? Ve[0] : Ve[r];
      u != null && cn(u, -10, -10, Z, L);
    }
  }
  function Ln(r, a, u) {
    ti(r, { min: a, max: u });
  }
  function ln(r, a, u, p) {
    a.focus != null && Ic(r), a.show != null && E.forEach((m, w) => {
      w > 0 && (r == w || r == null) && (m.show = a.show, Lc(w), l == 2 ? (Ln(m.facets[0].scale, null, null), Ln(m.facets[1].scale, null, null)) : Ln(m.scale, null, null), ss());
    }), u !== !1 && et("setSeries", r, a), p && Ls("setSeries", s, r, a);
  }
  s.setSeries = ln;
  function Mc(r, a) {
    We(q[r], a);
  }
  function Pc(r, a) {
    r.fill = ae(r.fill || null), r.dir = de(r.dir, -1), a = a ?? q.length, q.splice(a, 0, r);
  }
  function Dc(r) {
    r == null ? q.length = 0 : q.splice(r, 1);
  }
  s.addBand = Pc, s.setBand = Mc, s.delBand = Dc;
  function Oc(r, a) {
    E[r].alpha = a, ie && Ve[r] != null && (Ve[r].style.opacity = a), Oe && Ee[r] && (Ee[r].style.opacity = a);
  }
  let wn, Mn, Un;
  const cs = { focus: !0 };
  function Ic(r) {
    if (r != Un) {
      let a = r == null, u = Tt.alpha != 1;
      E.forEach((p, m) => {
        if (l == 1 || m > 0) {
          let w = a || m == 0 || m == r;
          p._focus = a ? null : w, u && Oc(m, w ? 1 : Tt.alpha);
        }
      }), Un = r, u && ss();
    }
  }
  Oe && $n && Ze(no, he, (r) => {
    C._lock || (Wt(r), Un != null && ln(null, cs, !0, Be.setSeries));
  });
  function rn(r, a, u) {
    let p = T[a];
    u && (r = r / me - (p.ori == 1 ? Ie : fe));
    let m = Z;
    p.ori == 1 && (m = L, r = m - r), p.dir == -1 && (r = m - r);
    let w = p._min, _ = p._max, S = r / m, $ = w + (_ - w) * S, P = p.distr;
    return P == 3 ? ws(10, $) : P == 4 ? zu($, p.asinh) : P == 100 ? p.bwd($) : $;
  }
  function Nc(r, a) {
    let u = rn(r, M, a);
    return Zt(u, e[0], k, R);
  }
  s.valToIdx = (r) => Zt(r, e[0]), s.posToIdx = Nc, s.posToVal = rn, s.valToPos = (r, a, u) => T[a].ori == 0 ? i(
    r,
    T[a],
    u ? Pe : Z,
    u ? Ke : 0
  ) : o(
    r,
    T[a],
    u ? Qe : L,
    u ? it : 0
  ), s.setCursor = (r, a, u) => {
    Re = r.left, De = r.top, Hn(null, a, u);
  };
  function Ar(r, a) {
    Me(as, hs, Ce.left = r), Me(as, Ws, Ce.width = a);
  }
  function Er(r, a) {
    Me(as, Ps, Ce.top = r), Me(as, Gs, Ce.height = a);
  }
  let $s = A.ori == 0 ? Ar : Er, Rs = A.ori == 1 ? Ar : Er;
  function zc() {
    if (Oe && ne.live)
      for (let r = l == 2 ? 1 : 0; r < E.length; r++) {
        if (r == 0 && lt)
          continue;
        let a = ne.values[r], u = 0;
        for (let p in a)
          St[r][u++].firstChild.nodeValue = a[p];
      }
  }
  function li(r, a) {
    if (r != null && (r.idxs ? r.idxs.forEach((u, p) => {
      Y[p] = u;
    }) : Bu(r.idx) || Y.fill(r.idx), ne.idx = Y[0]), Oe && ne.live) {
      for (let u = 0; u < E.length; u++)
        (u > 0 || l == 1 && !lt) && Uc(u, Y[u]);
      zc();
    }
    yt = !1, a !== !1 && et("setLegend");
  }
  s.setLegend = li;
  function Uc(r, a) {
    let u = E[r], p = r == 0 && ee == 2 ? ye : e[r], m;
    lt ? m = u.values(s, r, a) ?? ut : (m = u.value(s, a == null ? null : p[a], r, a), m = m == null ? ut : { _: m }), ne.values[r] = m;
  }
  function Hn(r, a, u) {
    Sr = Re, Tr = De, [Re, De] = C.move(s, Re, De), C.left = Re, C.top = De, ie && (ls && cn(ls, je(Re), 0, Z, L), is && cn(is, 0, je(De), Z, L));
    let p, m = k > R;
    wn = Se, Mn = null;
    let w = A.ori == 0 ? Z : L, _ = A.ori == 1 ? Z : L;
    if (Re < 0 || d == 0 || m) {
      p = C.idx = null;
      for (let S = 0; S < E.length; S++) {
        let $ = Ve[S];
        $ != null && cn($, -10, -10, Z, L);
      }
      $n && ln(null, cs, !0, r == null && Be.setSeries), ne.live && (Y.fill(p), yt = !0);
    } else {
      let S, $, P;
      l == 1 && (S = A.ori == 0 ? Re : De, $ = rn(S, M), p = C.idx = Zt($, e[0], k, R), P = U(e[0][p], A, w, 0));
      let D = -10, I = -10, J = 0, ge = 0, pe = !0, re = "", j = "";
      for (let F = l == 2 ? 1 : 0; F < E.length; F++) {
        let Le = E[F], Ne = Y[F], tt = Ne == null ? null : l == 1 ? e[F][Ne] : e[F][1][Ne], ve = C.dataIdx(s, F, p, $), ze = ve == null ? null : l == 1 ? e[F][ve] : e[F][1][ve];
        if (yt = yt || ze != tt || ve != Ne, Y[F] = ve, F > 0 && Le.show) {
          let Et = ve == null ? -10 : ve == p ? P : U(l == 1 ? e[0][ve] : e[F][0][ve], A, w, 0), ft = ze == null ? -10 : V(ze, l == 1 ? T[Le.scale] : T[Le.facets[1].scale], _, 0);
          if ($n && ze != null) {
            let It = A.ori == 1 ? Re : De, Vt = qe(Tt.dist(s, F, ve, ft, It));
            if (Vt < wn) {
              let on = Tt.bias;
              if (on != 0) {
                let $t = rn(It, Le.scale), Nt = ze >= 0 ? 1 : -1, jt = $t >= 0 ? 1 : -1;
                jt == Nt && (jt == 1 ? on == 1 ? ze >= $t : ze <= $t : (
                  // >= 0
                  on == 1 ? ze <= $t : ze >= $t
                )) && (wn = Vt, Mn = F);
              } else
                wn = Vt, Mn = F;
            }
          }
          if (yt || rt) {
            let It, Vt;
            A.ori == 0 ? (It = Et, Vt = ft) : (It = ft, Vt = Et);
            let on, $t, Nt, jt, an, pt, Rt = !0, Fn = Ge.bbox;
            if (Fn != null) {
              Rt = !1;
              let dt = Fn(s, F);
              Nt = dt.left, jt = dt.top, on = dt.width, $t = dt.height;
            } else
              Nt = It, jt = Vt, on = $t = Ge.size(s, F);
            if (pt = Ge.fill(s, F), an = Ge.stroke(s, F), rt)
              F == Mn && wn <= Tt.prox && (D = Nt, I = jt, J = on, ge = $t, pe = Rt, re = pt, j = an);
            else {
              let dt = Ve[F];
              dt != null && (mn[F] = Nt, bn[F] = jt, co(dt, on, $t, Rt), oo(dt, pt, an), cn(dt, Ut(Nt), Ut(jt), Z, L));
            }
          }
        }
      }
      if (rt) {
        let F = Tt.prox, Le = Un == null ? wn <= F : wn > F || Mn != Un;
        if (yt || Le) {
          let Ne = Ve[0];
          Ne != null && (mn[0] = D, bn[0] = I, co(Ne, J, ge, pe), oo(Ne, re, j), cn(Ne, Ut(D), Ut(I), Z, L));
        }
      }
    }
    if (Ce.show && Cn)
      if (r != null) {
        let [S, $] = Be.scales, [P, D] = Be.match, [I, J] = r.cursor.sync.scales, ge = r.cursor.drag;
        if (Je = ge._x, Xe = ge._y, Je || Xe) {
          let { left: pe, top: re, width: j, height: F } = r.select, Le = r.scales[I].ori, Ne = r.posToVal, tt, ve, ze, Et, ft, It = S != null && P(S, I), Vt = $ != null && D($, J);
          It && Je ? (Le == 0 ? (tt = pe, ve = j) : (tt = re, ve = F), ze = T[S], Et = U(Ne(tt, I), ze, w, 0), ft = U(Ne(tt + ve, I), ze, w, 0), $s(Kt(Et, ft), qe(ft - Et))) : $s(0, w), Vt && Xe ? (Le == 1 ? (tt = pe, ve = j) : (tt = re, ve = F), ze = T[$], Et = V(Ne(tt, J), ze, _, 0), ft = V(Ne(tt + ve, J), ze, _, 0), Rs(Kt(Et, ft), qe(ft - Et))) : Rs(0, _);
        } else
          oi();
      } else {
        let S = qe(Sr - yr), $ = qe(Tr - vr);
        if (A.ori == 1) {
          let J = S;
          S = $, $ = J;
        }
        Je = at.x && S >= at.dist, Xe = at.y && $ >= at.dist;
        let P = at.uni;
        P != null ? Je && Xe && (Je = S >= P, Xe = $ >= P, !Je && !Xe && ($ > S ? Xe = !0 : Je = !0)) : at.x && at.y && (Je || Xe) && (Je = Xe = !0);
        let D, I;
        Je && (A.ori == 0 ? (D = rs, I = Re) : (D = os, I = De), $s(Kt(D, I), qe(I - D)), Xe || Rs(0, _)), Xe && (A.ori == 1 ? (D = rs, I = Re) : (D = os, I = De), Rs(Kt(D, I), qe(I - D)), Je || $s(0, w)), !Je && !Xe && ($s(0, 0), Rs(0, 0));
      }
    if (at._x = Je, at._y = Xe, r == null) {
      if (u) {
        if (zr != null) {
          let [S, $] = Be.scales;
          Be.values[0] = S != null ? rn(A.ori == 0 ? Re : De, S) : null, Be.values[1] = $ != null ? rn(A.ori == 1 ? Re : De, $) : null;
        }
        Ls(fi, s, Re, De, Z, L, p);
      }
      if ($n) {
        let S = u && Be.setSeries, $ = Tt.prox;
        Un == null ? wn <= $ && ln(Mn, cs, !0, S) : wn > $ ? ln(null, cs, !0, S) : Mn != Un && ln(Mn, cs, !0, S);
      }
    }
    yt && (ne.idx = p, li()), a !== !1 && et("setCursor");
  }
  let Pn = null;
  Object.defineProperty(s, "rect", {
    get() {
      return Pn == null && Cs(!1), Pn;
    }
  });
  function Cs(r = !1) {
    r ? Pn = null : (Pn = y.getBoundingClientRect(), et("syncRect", Pn));
  }
  function $r(r, a, u, p, m, w, _) {
    C._lock || Cn && r != null && r.movementX == 0 && r.movementY == 0 || (ii(r, a, u, p, m, w, _, !1, r != null), r != null ? Hn(null, !0, !0) : Hn(a, !0, !1));
  }
  function ii(r, a, u, p, m, w, _, S, $) {
    if (Pn == null && Cs(!1), Wt(r), r != null)
      u = r.clientX - Pn.left, p = r.clientY - Pn.top;
    else {
      if (u < 0 || p < 0) {
        Re = -10, De = -10;
        return;
      }
      let [P, D] = Be.scales, I = a.cursor.sync, [J, ge] = I.values, [pe, re] = I.scales, [j, F] = Be.match, Le = a.axes[0].side % 2 == 1, Ne = A.ori == 0 ? Z : L, tt = A.ori == 1 ? Z : L, ve = Le ? w : m, ze = Le ? m : w, Et = Le ? p : u, ft = Le ? u : p;
      if (pe != null ? u = j(P, pe) ? c(J, T[P], Ne, 0) : -10 : u = Ne * (Et / ve), re != null ? p = F(D, re) ? c(ge, T[D], tt, 0) : -10 : p = tt * (ft / ze), A.ori == 1) {
        let It = u;
        u = p, p = It;
      }
    }
    $ && (a == null || a.cursor.event.type == fi) && ((u <= 1 || u >= Z - 1) && (u = Wn(u, Z)), (p <= 1 || p >= L - 1) && (p = Wn(p, L))), S ? (yr = u, vr = p, [rs, os] = C.move(s, u, p)) : (Re = u, De = p);
  }
  const ri = {
    width: 0,
    height: 0,
    left: 0,
    top: 0
  };
  function oi() {
    ul(ri, !1);
  }
  let Rr, Cr, Lr, Mr;
  function Pr(r, a, u, p, m, w, _) {
    Cn = !0, Je = Xe = at._x = at._y = !1, ii(r, a, u, p, m, w, _, !0, !1), r != null && (Ze(pi, Ai, Dr, !1), Ls(eo, s, rs, os, Z, L, null));
    let { left: S, top: $, width: P, height: D } = Ce;
    Rr = S, Cr = $, Lr = P, Mr = D;
  }
  function Dr(r, a, u, p, m, w, _) {
    Cn = at._x = at._y = !1, ii(r, a, u, p, m, w, _, !1, !0);
    let { left: S, top: $, width: P, height: D } = Ce, I = P > 0 || D > 0, J = Rr != S || Cr != $ || Lr != P || Mr != D;
    if (I && J && ul(Ce), at.setScale && I && J) {
      let ge = S, pe = P, re = $, j = D;
      if (A.ori == 1 && (ge = $, pe = D, re = S, j = P), Je && Ln(
        M,
        rn(ge, M),
        rn(ge + pe, M)
      ), Xe)
        for (let F in T) {
          let Le = T[F];
          F != M && Le.from == null && Le.min != Se && Ln(
            F,
            rn(re + j, F),
            rn(re, F)
          );
        }
      oi();
    } else C.lock && (C._lock = !C._lock, Hn(a, !0, r != null));
    r != null && (fn(pi, Ai), Ls(pi, s, Re, De, Z, L, null));
  }
  function Hc(r, a, u, p, m, w, _) {
    if (C._lock)
      return;
    Wt(r);
    let S = Cn;
    if (Cn) {
      let $ = !0, P = !0, D = 10, I, J;
      A.ori == 0 ? (I = Je, J = Xe) : (I = Xe, J = Je), I && J && ($ = Re <= D || Re >= Z - D, P = De <= D || De >= L - D), I && $ && (Re = Re < rs ? 0 : Z), J && P && (De = De < os ? 0 : L), Hn(null, !0, !0), Cn = !1;
    }
    Re = -10, De = -10, Y.fill(null), Hn(null, !0, !0), S && (Cn = S);
  }
  function Or(r, a, u, p, m, w, _) {
    C._lock || (Wt(r), At(), oi(), r != null && Ls(so, s, Re, De, Z, L, null));
  }
  function Ir() {
    z.forEach(lf), gn(s.width, s.height, !0);
  }
  qn(Tl, ds, Ir);
  const us = {};
  us.mousedown = Pr, us.mousemove = $r, us.mouseup = Dr, us.dblclick = Or, us.setSeries = (r, a, u, p) => {
    let m = Be.match[2];
    u = m(s, a, u), u != -1 && ln(u, p, !0, !1);
  }, ie && (Ze(eo, y, Pr), Ze(fi, y, $r), Ze(to, y, (r) => {
    Wt(r), Cs(!1);
  }), Ze(no, y, Hc), Ze(so, y, Or), Di.add(s), s.syncRect = Cs);
  const hl = s.hooks = t.hooks || {};
  function et(r, a, u) {
    ei ? Es.push([r, a, u]) : r in hl && hl[r].forEach((p) => {
      p.call(null, s, a, u);
    });
  }
  (t.plugins || []).forEach((r) => {
    for (let a in r.hooks)
      hl[a] = (hl[a] || []).concat(r.hooks[a]);
  });
  const Nr = (r, a, u) => u, Be = We({
    key: null,
    setSeries: !1,
    filters: {
      pub: go,
      sub: go
    },
    scales: [M, E[1] ? E[1].scale : null],
    match: [mo, mo, Nr],
    values: [null, null]
  }, C.sync);
  Be.match.length == 2 && Be.match.push(Nr), C.sync = Be;
  const zr = Be.key, ai = Ha(zr);
  function Ls(r, a, u, p, m, w, _) {
    Be.filters.pub(r, a, u, p, m, w, _) && ai.pub(r, a, u, p, m, w, _);
  }
  ai.sub(s);
  function Fc(r, a, u, p, m, w, _) {
    Be.filters.sub(r, a, u, p, m, w, _) && us[r](null, a, u, p, m, w, _);
  }
  s.pub = Fc;
  function Bc() {
    ai.unsub(s), Di.delete(s), Dt.clear(), Ri(Tl, ds, Ir), f.remove(), he?.remove(), et("destroy");
  }
  s.destroy = Bc;
  function ci() {
    et("init", t, e), ot(e || t.data, !1), B[M] ? ti(M, B[M]) : At(), dn = Ce.show && (Ce.width > 0 || Ce.height > 0), Ot = yt = !0, gn(t.width, t.height);
  }
  return E.forEach(As), z.forEach(il), n ? n instanceof HTMLElement ? (n.appendChild(f), ci()) : n(s, ci) : ci(), s;
}
ht.assign = We;
ht.fmtNum = Qi;
ht.rangeNum = Al;
ht.rangeLog = Dl;
ht.rangeAsinh = Zi;
ht.orient = Qn;
ht.pxRatio = me;
ht.join = Zu;
ht.fmtDate = Xi, ht.tzDate = rh;
ht.sync = Ha;
{
  ht.addGap = Bh, ht.clipGaps = Nl;
  let t = ht.paths = {
    points: ja
  };
  t.linear = Ya, t.stepped = Vh, t.bars = jh, t.spline = Yh;
}
const rf = '.uplot,.uplot *,.uplot *:before,.uplot *:after{box-sizing:border-box}.uplot{font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,Noto Sans,sans-serif,"Apple Color Emoji","Segoe UI Emoji",Segoe UI Symbol,"Noto Color Emoji";line-height:1.5;width:min-content}.u-title{text-align:center;font-size:18px;font-weight:700}.u-wrap{position:relative;user-select:none}.u-over,.u-under{position:absolute}.u-under{overflow:hidden}.uplot canvas{display:block;position:relative;width:100%;height:100%}.u-axis{position:absolute}.u-legend{font-size:14px;margin:auto;text-align:center}.u-inline{display:block}.u-inline *{display:inline-block}.u-inline tr{margin-right:16px}.u-legend th{font-weight:600}.u-legend th>*{vertical-align:middle;display:inline-block}.u-legend .u-marker{width:1em;height:1em;margin-right:4px;background-clip:padding-box!important}.u-inline.u-live th:after{content:":";vertical-align:middle}.u-inline:not(.u-live) .u-value{display:none}.u-series>*{padding:4px}.u-series th{cursor:pointer}.u-legend .u-off>*{opacity:.3}.u-select{background:#00000012;position:absolute;pointer-events:none}.u-cursor-x,.u-cursor-y{position:absolute;left:0;top:0;pointer-events:none;will-change:transform}.u-hz .u-cursor-x,.u-vt .u-cursor-y{height:100%;border-right:1px dashed #607D8B}.u-hz .u-cursor-y,.u-vt .u-cursor-x{width:100%;border-bottom:1px dashed #607D8B}.u-cursor-pt{position:absolute;top:0;left:0;border-radius:50%;border:0 solid;pointer-events:none;will-change:transform;background-clip:padding-box!important}.u-axis.u-off,.u-select.u-off,.u-cursor-x.u-off,.u-cursor-y.u-off,.u-cursor-pt.u-off{display:none}', zo = ["failing", "attention", "undiagnosable", "healthy", "pending"], wi = ["error", "warning", "info"];
function Fl(t) {
  return Number(t);
}
function gs(t) {
  const e = Fl(t);
  return Number.isFinite(e) ? e !== 0 && (Math.abs(e) >= 1e7 || Math.abs(e) < 1e-4) ? e.toExponential(3) : Number.isInteger(e) ? String(e) : String(Number(e.toPrecision(4))) : String(e);
}
const of = { sigma: "\u03C3" };
function af(t) {
  const e = of[t.unit] ?? t.unit, n = gs(t.value) + (e === "" ? "" : ` ${e}`);
  return t.low === void 0 || t.high === void 0 ? n : `${n} (${gs(t.low)} \u2013 ${gs(t.high)})`;
}
function cf(t) {
  return t.replaceAll("_", " ");
}
function uf(t) {
  return t.first_step === null || t.last_step === null ? "" : t.first_step === t.last_step ? `step ${t.first_step}` : `steps ${t.first_step}\u2013${t.last_step}`;
}
const hf = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;
function Ue(t) {
  return t.replaceAll(hf, (e) => `\\u{${(e.codePointAt(0) ?? 0).toString(16)}}`);
}
function Uo(t) {
  const e = zo.indexOf(t.verdict);
  return e < 0 ? zo.length : e;
}
function Ho(t) {
  const e = t.findings[0];
  return e ? Fl(e.confidence) : 0;
}
function ff(t) {
  const e = new Intl.Collator("en", { numeric: !0 });
  return [...t].sort(
    (n, s) => Uo(n) - Uo(s) || Ho(s) - Ho(n) || e.compare(n.name, s.name)
  );
}
function pf(t, e) {
  const n = e.severity === "" ? wi : wi.slice(0, wi.indexOf(e.severity) + 1);
  if (e.severity !== "" && !t.findings.some((i) => n.includes(i.severity)) || e.rule !== "" && !t.findings.some((i) => i.id === e.rule)) return !1;
  const s = e.text.trim().toLowerCase();
  if (s === "") return !0;
  const l = [t.name, t.verdict, ...t.findings.map((i) => i.id)].join(`
`).toLowerCase();
  return s.split(/\s+/).every((i) => l.includes(i));
}
function df(t) {
  const e = /* @__PURE__ */ new Map();
  for (const n of t)
    for (const s of new Set(n.findings.map((l) => l.id))) e.set(s, (e.get(s) ?? 0) + 1);
  return [...e].sort((n, s) => s[1] - n[1] || n[0].localeCompare(s[0]));
}
const xi = ["loss", "accuracy", "metric", "learning-rate", "gradient-norm"];
function gf(t) {
  const e = /* @__PURE__ */ new Map();
  for (const s of t) {
    const l = s.role.quantity, i = l === "loss" || l === "accuracy", o = s.tag.endsWith("_vs_iterations"), c = (i ? l : mf(s.tag)) + (o && i ? " over iterations" : ""), h = i ? c : `${l}
${c}`, f = e.get(h) ?? { title: c, series: [], foreign: o };
    f.series.push(s), e.set(h, f);
  }
  const n = (s) => {
    const l = xi.indexOf(s.series[0]?.role.quantity ?? "");
    return (l < 0 ? xi.length : l) + (s.foreign ? xi.length + 1 : 0);
  };
  return [...e.values()].sort((s, l) => n(s) - n(l));
}
function mf(t) {
  return t.replace(/^(train|training|val|valid|validation|eval|test|dev)[/_]/i, "").replace(/[/_](train|val|test)$/i, "");
}
const Bl = ys`
  :host { box-sizing: border-box; font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink); }
  *, *::before, *::after { box-sizing: inherit; }
  h2, h3, h4, p, ul, ol, table { margin: 0; }
  button, input, select { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 4px 8px; }
  button { cursor: pointer; }
  button:hover { border-color: var(--accent); }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  code, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.92em; }
  .dim { color: var(--dim); }
  .pill { display: inline-block; padding: 0 8px; border-radius: 999px; font-size: 12px; font-weight: 600; line-height: 20px; color: var(--tone); background: color-mix(in srgb, var(--tone) 14%, transparent); white-space: nowrap; }
  .failing, .error { --tone: var(--error); }
  .attention, .warning { --tone: var(--warning); }
  .info { --tone: var(--info); }
  .healthy { --tone: var(--healthy); }
  .undiagnosable { --tone: var(--dim); }
`, bf = ys`
  :host {
    color-scheme: light;
    --page: #f6f7f9; --raised: #fff; --line: #dde1e7; --ink: #1c2430; --dim: #5c6878; --accent: #1a66d2; --chosen: #e8f0fe;
    --error: #b3261e; --warning: #8f5400; --info: #1a5fb4; --healthy: #1b7338;
    --train: #e8710a; --validation: #1a66d2; --test: #7b3fb5; --other: #4d7c7c;
  }
  :host([dark]) {
    color-scheme: dark;
    --page: #1f2227; --raised: #292d33; --line: #41464f; --ink: #e7eaee; --dim: #a3adba; --accent: #8ab4f8; --chosen: #2f3d54;
    --error: #ff8a80; --warning: #ffb74d; --info: #8ab4f8; --healthy: #81c995;
    --train: #ffa45c; --validation: #8ab4f8; --test: #c58af9; --other: #80cbc4;
  }
`;
function wf(t) {
  const e = [...new Set(t.flatMap((l) => l.steps))].sort((l, i) => l - i), n = new Map(e.map((l, i) => [l, i])), s = t.map((l) => {
    const i = new Array(e.length).fill(null);
    return l.steps.forEach((o, c) => {
      const h = Fl(l.values[c] ?? "NaN");
      i[n.get(o) ?? 0] = Number.isFinite(h) ? h : null;
    }), i;
  });
  return [e, ...s];
}
class xf extends In {
  static {
    this.properties = {
      lines: { attribute: !1 },
      bands: { attribute: !1 },
      best: { attribute: !1 },
      log: { type: Boolean },
      dark: { type: Boolean },
      heading: {}
    };
  }
  #e;
  #t = new ResizeObserver(() => {
    this.#e?.setSize({ width: this.#l(), height: Fo });
  });
  static {
    this.styles = [
      ra(rf),
      Bl,
      ys`
      :host { display: block; }
      .plot { min-height: 280px; }
      .u-legend { font-size: 12px; text-align: left; }
      .u-legend .u-marker { border-width: 2px; }
      .u-legend, .u-legend tbody { display: block; }
      .u-legend .u-series { display: flex; align-items: baseline; gap: 4px; }
      .u-legend th { display: flex; align-items: center; font-weight: 400; min-width: 0; }
      .u-legend .u-label { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .u-legend .u-value { margin-left: auto; font-variant-numeric: tabular-nums; }
      .u-select { background: color-mix(in srgb, var(--accent) 20%, transparent); }
      h4 { font-size: 13px; }
    `
    ];
  }
  constructor() {
    super(), this.lines = [], this.bands = [], this.log = !1, this.dark = !1, this.heading = "";
  }
  render() {
    const e = this.lines.map((n) => Ue(n.tag)).join(", ");
    return te`<h4>${Ue(this.heading)}</h4>
      <div class="plot" role="img" aria-label="${this.heading} over steps: ${e}. ${this.bands.map((n) => `${n.label} from step ${n.first} to ${n.last}`).join("; ")}"></div>`;
  }
  updated(e) {
    e.size > 0 && this.#r();
  }
  connectedCallback() {
    super.connectedCallback(), this.#t.observe(this);
  }
  disconnectedCallback() {
    super.disconnectedCallback(), this.#t.disconnect(), this.#e?.destroy(), this.#e = void 0;
  }
  #l() {
    return Math.max(this.clientWidth, 240);
  }
  #r() {
    const e = this.renderRoot.querySelector(".plot");
    if (!e) return;
    const n = this.#e?.scales.x, s = n && this.#e && (n.min !== this.#e.data[0][0] || n.max !== this.#e.data[0].at(-1)) ? n : void 0;
    this.#e?.destroy();
    const l = wf(this.lines), i = this.log && l.slice(1).some((g) => g.some((b) => b !== null && b > 0));
    if (i) for (const g of l.slice(1)) g.forEach((b, v) => {
      b !== null && b <= 0 && (g[v] = null);
    });
    const o = getComputedStyle(this), c = (g) => o.getPropertyValue(`--${g}`).trim() || "#888", h = { stroke: c("dim"), grid: { stroke: c("line"), width: 1 }, ticks: { stroke: c("line") } }, f = /* @__PURE__ */ new Map(), x = {
      width: this.#l(),
      height: Fo,
      scales: { x: { time: !1 }, y: { distr: i ? 3 : 1 } },
      axes: [
        { ...h, values: (g, b) => b.map((v) => Number.isInteger(v) ? String(v) : "") },
        { ...h, size: 64, values: (g, b) => b.map((v) => v === null ? "" : gs(v)) }
      ],
      series: [
        { label: "step" },
        ...this.lines.map((g) => {
          const b = f.get(g.split) ?? 0;
          return f.set(g.split, b + 1), {
            label: Ue(`${g.run} \xB7 ${g.tag}`),
            stroke: c(["train", "validation", "test"].includes(g.split) ? g.split : "other"),
            width: 1.8,
            dash: b === 0 ? [] : [6, 3 + b],
            spanGaps: !0,
            value: (v, y) => y === null ? "\u2013" : gs(y)
          };
        })
      ],
      cursor: { drag: { x: !0, y: !1 }, points: { size: 7 } },
      hooks: {
        drawClear: [(g) => {
          this.#s(g, c);
        }],
        draw: [(g) => {
          this.#i(g, c);
        }]
      }
    };
    this.#e = new ht(x, l, e), s?.min !== void 0 && s.max !== void 0 && this.#e.setScale("x", { min: s.min, max: s.max }), this.setAttribute("data-drawn", String(this.bands.length));
  }
  #s(e, n) {
    const { ctx: s, bbox: l } = e;
    s.save();
    for (const i of this.bands) {
      const o = Math.max(e.valToPos(i.first, "x", !0), l.left), c = Math.min(e.valToPos(i.last, "x", !0), l.left + l.width);
      c < o || (s.globalAlpha = 0.11, s.fillStyle = n(i.severity), s.fillRect(o, l.top, Math.max(c - o, 2), l.height));
    }
    s.restore();
  }
  #i(e, n) {
    if (this.best === void 0) return;
    const { ctx: s, bbox: l } = e, i = e.valToPos(this.best, "x", !0);
    if (i < l.left || i > l.left + l.width) return;
    s.save(), s.strokeStyle = s.fillStyle = n("healthy"), s.lineWidth = 1.5 * devicePixelRatio, s.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]), s.beginPath(), s.moveTo(i, l.top), s.lineTo(i, l.top + l.height), s.stroke(), s.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    const o = i > l.left + l.width * 0.8;
    s.textAlign = o ? "right" : "left", s.fillText(`best: ${this.best}`, i + (o ? -5 : 5) * devicePixelRatio, l.top + 12 * devicePixelRatio), s.restore();
  }
}
const Fo = 260;
customElements.define("telltale-chart", xf);
const {
  entries: Ja,
  setPrototypeOf: Bo,
  isFrozen: _f,
  getPrototypeOf: kf,
  getOwnPropertyDescriptor: yf
} = Object;
let {
  freeze: wt,
  seal: Ht,
  create: Xa
} = Object, {
  apply: Ii,
  construct: Ni
} = typeof Reflect < "u" && Reflect;
wt || (wt = function(e) {
  return e;
});
Ht || (Ht = function(e) {
  return e;
});
Ii || (Ii = function(e, n, s) {
  return e.apply(n, s);
});
Ni || (Ni = function(e, n) {
  return new e(...n);
});
const gl = xt(Array.prototype.forEach), vf = xt(Array.prototype.lastIndexOf), Wo = xt(Array.prototype.pop), Os = xt(Array.prototype.push), Sf = xt(Array.prototype.splice), kl = xt(String.prototype.toLowerCase), _i = xt(String.prototype.toString), Go = xt(String.prototype.match), Is = xt(String.prototype.replace), Tf = xt(String.prototype.indexOf), Af = xt(String.prototype.trim), Yt = xt(Object.prototype.hasOwnProperty), gt = xt(RegExp.prototype.test), Ns = Ef(TypeError);
function xt(t) {
  return function(e) {
    e instanceof RegExp && (e.lastIndex = 0);
    for (var n = arguments.length, s = new Array(n > 1 ? n - 1 : 0), l = 1; l < n; l++)
      s[l - 1] = arguments[l];
    return Ii(t, e, s);
  };
}
function Ef(t) {
  return function() {
    for (var e = arguments.length, n = new Array(e), s = 0; s < e; s++)
      n[s] = arguments[s];
    return Ni(t, n);
  };
}
function oe(t, e) {
  let n = arguments.length > 2 && arguments[2] !== void 0 ? arguments[2] : kl;
  Bo && Bo(t, null);
  let s = e.length;
  for (; s--; ) {
    let l = e[s];
    if (typeof l == "string") {
      const i = n(l);
      i !== l && (_f(e) || (e[s] = i), l = i);
    }
    t[l] = !0;
  }
  return t;
}
function $f(t) {
  for (let e = 0; e < t.length; e++)
    Yt(t, e) || (t[e] = null);
  return t;
}
function _n(t) {
  const e = Xa(null);
  for (const [n, s] of Ja(t))
    Yt(t, n) && (Array.isArray(s) ? e[n] = $f(s) : s && typeof s == "object" && s.constructor === Object ? e[n] = _n(s) : e[n] = s);
  return e;
}
function zs(t, e) {
  for (; t !== null; ) {
    const s = yf(t, e);
    if (s) {
      if (s.get)
        return xt(s.get);
      if (typeof s.value == "function")
        return xt(s.value);
    }
    t = kf(t);
  }
  function n() {
    return null;
  }
  return n;
}
const Vo = wt(["a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "content", "data", "datalist", "dd", "decorator", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "element", "em", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "img", "input", "ins", "kbd", "label", "legend", "li", "main", "map", "mark", "marquee", "menu", "menuitem", "meter", "nav", "nobr", "ol", "optgroup", "option", "output", "p", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "section", "select", "shadow", "small", "source", "spacer", "span", "strike", "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "tr", "track", "tt", "u", "ul", "var", "video", "wbr"]), ki = wt(["svg", "a", "altglyph", "altglyphdef", "altglyphitem", "animatecolor", "animatemotion", "animatetransform", "circle", "clippath", "defs", "desc", "ellipse", "filter", "font", "g", "glyph", "glyphref", "hkern", "image", "line", "lineargradient", "marker", "mask", "metadata", "mpath", "path", "pattern", "polygon", "polyline", "radialgradient", "rect", "stop", "style", "switch", "symbol", "text", "textpath", "title", "tref", "tspan", "view", "vkern"]), yi = wt(["feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence"]), Rf = wt(["animate", "color-profile", "cursor", "discard", "font-face", "font-face-format", "font-face-name", "font-face-src", "font-face-uri", "foreignobject", "hatch", "hatchpath", "mesh", "meshgradient", "meshpatch", "meshrow", "missing-glyph", "script", "set", "solidcolor", "unknown", "use"]), vi = wt(["math", "menclose", "merror", "mfenced", "mfrac", "mglyph", "mi", "mlabeledtr", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msup", "msubsup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "mprescripts"]), Cf = wt(["maction", "maligngroup", "malignmark", "mlongdiv", "mscarries", "mscarry", "msgroup", "mstack", "msline", "msrow", "semantics", "annotation", "annotation-xml", "mprescripts", "none"]), jo = wt(["#text"]), qo = wt(["accept", "action", "align", "alt", "autocapitalize", "autocomplete", "autopictureinpicture", "autoplay", "background", "bgcolor", "border", "capture", "cellpadding", "cellspacing", "checked", "cite", "class", "clear", "color", "cols", "colspan", "controls", "controlslist", "coords", "crossorigin", "datetime", "decoding", "default", "dir", "disabled", "disablepictureinpicture", "disableremoteplayback", "download", "draggable", "enctype", "enterkeyhint", "face", "for", "headers", "height", "hidden", "high", "href", "hreflang", "id", "inputmode", "integrity", "ismap", "kind", "label", "lang", "list", "loading", "loop", "low", "max", "maxlength", "media", "method", "min", "minlength", "multiple", "muted", "name", "nonce", "noshade", "novalidate", "nowrap", "open", "optimum", "pattern", "placeholder", "playsinline", "popover", "popovertarget", "popovertargetaction", "poster", "preload", "pubdate", "radiogroup", "readonly", "rel", "required", "rev", "reversed", "role", "rows", "rowspan", "spellcheck", "scope", "selected", "shape", "size", "sizes", "span", "srclang", "start", "src", "srcset", "step", "style", "summary", "tabindex", "title", "translate", "type", "usemap", "valign", "value", "width", "wrap", "xmlns", "slot"]), Si = wt(["accent-height", "accumulate", "additive", "alignment-baseline", "amplitude", "ascent", "attributename", "attributetype", "azimuth", "basefrequency", "baseline-shift", "begin", "bias", "by", "class", "clip", "clippathunits", "clip-path", "clip-rule", "color", "color-interpolation", "color-interpolation-filters", "color-profile", "color-rendering", "cx", "cy", "d", "dx", "dy", "diffuseconstant", "direction", "display", "divisor", "dur", "edgemode", "elevation", "end", "exponent", "fill", "fill-opacity", "fill-rule", "filter", "filterunits", "flood-color", "flood-opacity", "font-family", "font-size", "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-weight", "fx", "fy", "g1", "g2", "glyph-name", "glyphref", "gradientunits", "gradienttransform", "height", "href", "id", "image-rendering", "in", "in2", "intercept", "k", "k1", "k2", "k3", "k4", "kerning", "keypoints", "keysplines", "keytimes", "lang", "lengthadjust", "letter-spacing", "kernelmatrix", "kernelunitlength", "lighting-color", "local", "marker-end", "marker-mid", "marker-start", "markerheight", "markerunits", "markerwidth", "maskcontentunits", "maskunits", "max", "mask", "media", "method", "mode", "min", "name", "numoctaves", "offset", "operator", "opacity", "order", "orient", "orientation", "origin", "overflow", "paint-order", "path", "pathlength", "patterncontentunits", "patterntransform", "patternunits", "points", "preservealpha", "preserveaspectratio", "primitiveunits", "r", "rx", "ry", "radius", "refx", "refy", "repeatcount", "repeatdur", "restart", "result", "rotate", "scale", "seed", "shape-rendering", "slope", "specularconstant", "specularexponent", "spreadmethod", "startoffset", "stddeviation", "stitchtiles", "stop-color", "stop-opacity", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke", "stroke-width", "style", "surfacescale", "systemlanguage", "tabindex", "tablevalues", "targetx", "targety", "transform", "transform-origin", "text-anchor", "text-decoration", "text-rendering", "textlength", "type", "u1", "u2", "unicode", "values", "viewbox", "visibility", "version", "vert-adv-y", "vert-origin-x", "vert-origin-y", "width", "word-spacing", "wrap", "writing-mode", "xchannelselector", "ychannelselector", "x", "x1", "x2", "xmlns", "y", "y1", "y2", "z", "zoomandpan"]), Yo = wt(["accent", "accentunder", "align", "bevelled", "close", "columnsalign", "columnlines", "columnspan", "denomalign", "depth", "dir", "display", "displaystyle", "encoding", "fence", "frame", "height", "href", "id", "largeop", "length", "linethickness", "lspace", "lquote", "mathbackground", "mathcolor", "mathsize", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "numalign", "open", "rowalign", "rowlines", "rowspacing", "rowspan", "rspace", "rquote", "scriptlevel", "scriptminsize", "scriptsizemultiplier", "selection", "separator", "separators", "stretchy", "subscriptshift", "supscriptshift", "symmetric", "voffset", "width", "xmlns"]), ml = wt(["xlink:href", "xml:id", "xlink:title", "xml:space", "xmlns:xlink"]), Lf = Ht(/\{\{[\w\W]*|[\w\W]*\}\}/gm), Mf = Ht(/<%[\w\W]*|[\w\W]*%>/gm), Pf = Ht(/\$\{[\w\W]*/gm), Df = Ht(/^data-[\-\w.\u00B7-\uFFFF]+$/), Of = Ht(/^aria-[\-\w]+$/), ec = Ht(
  /^(?:(?:(?:f|ht)tps?|mailto|tel|callto|sms|cid|xmpp|matrix):|[^a-z]|[a-z+.\-]+(?:[^a-z+.\-:]|$))/i
  // eslint-disable-line no-useless-escape
), If = Ht(/^(?:\w+script|data):/i), Nf = Ht(
  /[\u0000-\u0020\u00A0\u1680\u180E\u2000-\u2029\u205F\u3000]/g
  // eslint-disable-line no-control-regex
), tc = Ht(/^html$/i), zf = Ht(/^[a-z][.\w]*(-[.\w]+)+$/i);
var Zo = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  ARIA_ATTR: Of,
  ATTR_WHITESPACE: Nf,
  CUSTOM_ELEMENT: zf,
  DATA_ATTR: Df,
  DOCTYPE_NAME: tc,
  ERB_EXPR: Mf,
  IS_ALLOWED_URI: ec,
  IS_SCRIPT_OR_DATA: If,
  MUSTACHE_EXPR: Lf,
  TMPLIT_EXPR: Pf
});
const Us = {
  element: 1,
  text: 3,
  // Deprecated
  progressingInstruction: 7,
  comment: 8,
  document: 9
}, Uf = function() {
  return typeof window > "u" ? null : window;
}, Hf = function(e, n) {
  if (typeof e != "object" || typeof e.createPolicy != "function")
    return null;
  let s = null;
  const l = "data-tt-policy-suffix";
  n && n.hasAttribute(l) && (s = n.getAttribute(l));
  const i = "dompurify" + (s ? "#" + s : "");
  try {
    return e.createPolicy(i, {
      createHTML(o) {
        return o;
      },
      createScriptURL(o) {
        return o;
      }
    });
  } catch {
    return console.warn("TrustedTypes policy " + i + " could not be created."), null;
  }
}, Ko = function() {
  return {
    afterSanitizeAttributes: [],
    afterSanitizeElements: [],
    afterSanitizeShadowDOM: [],
    beforeSanitizeAttributes: [],
    beforeSanitizeElements: [],
    beforeSanitizeShadowDOM: [],
    uponSanitizeAttribute: [],
    uponSanitizeElement: [],
    uponSanitizeShadowNode: []
  };
};
function nc() {
  let t = arguments.length > 0 && arguments[0] !== void 0 ? arguments[0] : Uf();
  const e = (N) => nc(N);
  if (e.version = "3.2.6", e.removed = [], !t || !t.document || t.document.nodeType !== Us.document || !t.Element)
    return e.isSupported = !1, e;
  let {
    document: n
  } = t;
  const s = n, l = s.currentScript, {
    DocumentFragment: i,
    HTMLTemplateElement: o,
    Node: c,
    Element: h,
    NodeFilter: f,
    NamedNodeMap: x = t.NamedNodeMap || t.MozNamedAttrMap,
    HTMLFormElement: g,
    DOMParser: b,
    trustedTypes: v
  } = t, y = h.prototype, O = zs(y, "cloneNode"), W = zs(y, "remove"), G = zs(y, "nextSibling"), E = zs(y, "childNodes"), z = zs(y, "parentNode");
  if (typeof o == "function") {
    const N = n.createElement("template");
    N.content && N.content.ownerDocument && (n = N.content.ownerDocument);
  }
  let T, q = "";
  const {
    implementation: M,
    createNodeIterator: K,
    createDocumentFragment: X,
    getElementsByTagName: se
  } = n, {
    importNode: Q
  } = s;
  let A = Ko();
  e.isSupported = typeof Ja == "function" && typeof z == "function" && M && M.createHTMLDocument !== void 0;
  const {
    MUSTACHE_EXPR: ee,
    ERB_EXPR: U,
    TMPLIT_EXPR: V,
    DATA_ATTR: B,
    ARIA_ATTR: le,
    IS_SCRIPT_OR_DATA: H,
    ATTR_WHITESPACE: nt,
    CUSTOM_ELEMENT: Ae
  } = Zo;
  let {
    IS_ALLOWED_URI: ce
  } = Zo, Y = null;
  const ne = oe({}, [...Vo, ...ki, ...yi, ...vi, ...jo]);
  let C = null;
  const Oe = oe({}, [...qo, ...Si, ...Yo, ...ml]);
  let ie = Object.seal(Xa(null, {
    tagNameCheck: {
      writable: !0,
      configurable: !1,
      enumerable: !0,
      value: null
    },
    attributeNameCheck: {
      writable: !0,
      configurable: !1,
      enumerable: !0,
      value: null
    },
    allowCustomizedBuiltInElements: {
      writable: !0,
      configurable: !1,
      enumerable: !0,
      value: !1
    }
  })), be = null, he = null, _t = !0, st = !0, Ee = !1, St = !0, ct = !1, lt = !0, ut = !1, Qt = !1, Jt = !1, Pt = !1, hn = !1, Dt = !1, Ze = !0, fn = !1;
  const Ft = "user-content-";
  let Bt = !0, Z = !1, L = {}, fe = null;
  const Ie = oe({}, ["annotation-xml", "audio", "colgroup", "desc", "foreignobject", "head", "iframe", "math", "mi", "mn", "mo", "ms", "mtext", "noembed", "noframes", "noscript", "plaintext", "script", "style", "svg", "template", "thead", "title", "video", "xmp"]);
  let pn = null;
  const Xt = oe({}, ["audio", "video", "img", "source", "image", "track"]);
  let kt = null;
  const en = oe({}, ["alt", "class", "for", "id", "label", "name", "pattern", "placeholder", "role", "summary", "title", "value", "style", "xmlns"]), Ke = "http://www.w3.org/1998/Math/MathML", it = "http://www.w3.org/2000/svg", Pe = "http://www.w3.org/1999/xhtml";
  let Qe = Pe, zn = !1, Tn = null;
  const An = oe({}, [Ke, it, Pe], _i);
  let Ot = oe({}, ["mi", "mo", "mn", "ms", "mtext"]), dn = oe({}, ["annotation-xml"]);
  const yt = oe({}, ["title", "style", "font", "a", "script"]);
  let gn = null;
  const nl = ["application/xhtml+xml", "text/html"], Vl = "text/html";
  let He = null, En = null;
  const jl = n.createElement("form"), sl = function(d) {
    return d instanceof RegExp || d instanceof Function;
  }, Wt = function() {
    let d = arguments.length > 0 && arguments[0] !== void 0 ? arguments[0] : {};
    if (!(En && En === d)) {
      if ((!d || typeof d != "object") && (d = {}), d = _n(d), gn = // eslint-disable-next-line unicorn/prefer-includes
      nl.indexOf(d.PARSER_MEDIA_TYPE) === -1 ? Vl : d.PARSER_MEDIA_TYPE, He = gn === "application/xhtml+xml" ? _i : kl, Y = Yt(d, "ALLOWED_TAGS") ? oe({}, d.ALLOWED_TAGS, He) : ne, C = Yt(d, "ALLOWED_ATTR") ? oe({}, d.ALLOWED_ATTR, He) : Oe, Tn = Yt(d, "ALLOWED_NAMESPACES") ? oe({}, d.ALLOWED_NAMESPACES, _i) : An, kt = Yt(d, "ADD_URI_SAFE_ATTR") ? oe(_n(en), d.ADD_URI_SAFE_ATTR, He) : en, pn = Yt(d, "ADD_DATA_URI_TAGS") ? oe(_n(Xt), d.ADD_DATA_URI_TAGS, He) : Xt, fe = Yt(d, "FORBID_CONTENTS") ? oe({}, d.FORBID_CONTENTS, He) : Ie, be = Yt(d, "FORBID_TAGS") ? oe({}, d.FORBID_TAGS, He) : _n({}), he = Yt(d, "FORBID_ATTR") ? oe({}, d.FORBID_ATTR, He) : _n({}), L = Yt(d, "USE_PROFILES") ? d.USE_PROFILES : !1, _t = d.ALLOW_ARIA_ATTR !== !1, st = d.ALLOW_DATA_ATTR !== !1, Ee = d.ALLOW_UNKNOWN_PROTOCOLS || !1, St = d.ALLOW_SELF_CLOSE_IN_ATTR !== !1, ct = d.SAFE_FOR_TEMPLATES || !1, lt = d.SAFE_FOR_XML !== !1, ut = d.WHOLE_DOCUMENT || !1, Pt = d.RETURN_DOM || !1, hn = d.RETURN_DOM_FRAGMENT || !1, Dt = d.RETURN_TRUSTED_TYPE || !1, Jt = d.FORCE_BODY || !1, Ze = d.SANITIZE_DOM !== !1, fn = d.SANITIZE_NAMED_PROPS || !1, Bt = d.KEEP_CONTENT !== !1, Z = d.IN_PLACE || !1, ce = d.ALLOWED_URI_REGEXP || ec, Qe = d.NAMESPACE || Pe, Ot = d.MATHML_TEXT_INTEGRATION_POINTS || Ot, dn = d.HTML_INTEGRATION_POINTS || dn, ie = d.CUSTOM_ELEMENT_HANDLING || {}, d.CUSTOM_ELEMENT_HANDLING && sl(d.CUSTOM_ELEMENT_HANDLING.tagNameCheck) && (ie.tagNameCheck = d.CUSTOM_ELEMENT_HANDLING.tagNameCheck), d.CUSTOM_ELEMENT_HANDLING && sl(d.CUSTOM_ELEMENT_HANDLING.attributeNameCheck) && (ie.attributeNameCheck = d.CUSTOM_ELEMENT_HANDLING.attributeNameCheck), d.CUSTOM_ELEMENT_HANDLING && typeof d.CUSTOM_ELEMENT_HANDLING.allowCustomizedBuiltInElements == "boolean" && (ie.allowCustomizedBuiltInElements = d.CUSTOM_ELEMENT_HANDLING.allowCustomizedBuiltInElements), ct && (st = !1), hn && (Pt = !0), L && (Y = oe({}, jo), C = [], L.html === !0 && (oe(Y, Vo), oe(C, qo)), L.svg === !0 && (oe(Y, ki), oe(C, Si), oe(C, ml)), L.svgFilters === !0 && (oe(Y, yi), oe(C, Si), oe(C, ml)), L.mathMl === !0 && (oe(Y, vi), oe(C, Yo), oe(C, ml))), d.ADD_TAGS && (Y === ne && (Y = _n(Y)), oe(Y, d.ADD_TAGS, He)), d.ADD_ATTR && (C === Oe && (C = _n(C)), oe(C, d.ADD_ATTR, He)), d.ADD_URI_SAFE_ATTR && oe(kt, d.ADD_URI_SAFE_ATTR, He), d.FORBID_CONTENTS && (fe === Ie && (fe = _n(fe)), oe(fe, d.FORBID_CONTENTS, He)), Bt && (Y["#text"] = !0), ut && oe(Y, ["html", "head", "body"]), Y.table && (oe(Y, ["tbody"]), delete be.tbody), d.TRUSTED_TYPES_POLICY) {
        if (typeof d.TRUSTED_TYPES_POLICY.createHTML != "function")
          throw Ns('TRUSTED_TYPES_POLICY configuration option must provide a "createHTML" hook.');
        if (typeof d.TRUSTED_TYPES_POLICY.createScriptURL != "function")
          throw Ns('TRUSTED_TYPES_POLICY configuration option must provide a "createScriptURL" hook.');
        T = d.TRUSTED_TYPES_POLICY, q = T.createHTML("");
      } else
        T === void 0 && (T = Hf(v, l)), T !== null && typeof q == "string" && (q = T.createHTML(""));
      wt && wt(d), En = d;
    }
  }, Ge = oe({}, [...ki, ...yi, ...Rf]), Tt = oe({}, [...vi, ...Cf]), $n = function(d) {
    let k = z(d);
    (!k || !k.tagName) && (k = {
      namespaceURI: Qe,
      tagName: "template"
    });
    const R = kl(d.tagName), _e = kl(k.tagName);
    return Tn[d.namespaceURI] ? d.namespaceURI === it ? k.namespaceURI === Pe ? R === "svg" : k.namespaceURI === Ke ? R === "svg" && (_e === "annotation-xml" || Ot[_e]) : !!Ge[R] : d.namespaceURI === Ke ? k.namespaceURI === Pe ? R === "math" : k.namespaceURI === it ? R === "math" && dn[_e] : !!Tt[R] : d.namespaceURI === Pe ? k.namespaceURI === it && !dn[_e] || k.namespaceURI === Ke && !Ot[_e] ? !1 : !Tt[R] && (yt[R] || !Ge[R]) : !!(gn === "application/xhtml+xml" && Tn[d.namespaceURI]) : !1;
  }, rt = function(d) {
    Os(e.removed, {
      element: d
    });
    try {
      z(d).removeChild(d);
    } catch {
      W(d);
    }
  }, Ve = function(d, k) {
    try {
      Os(e.removed, {
        attribute: k.getAttributeNode(d),
        from: k
      });
    } catch {
      Os(e.removed, {
        attribute: null,
        from: k
      });
    }
    if (k.removeAttribute(d), d === "is")
      if (Pt || hn)
        try {
          rt(k);
        } catch {
        }
      else
        try {
          k.setAttribute(d, "");
        } catch {
        }
  }, mn = function(d) {
    let k = null, R = null;
    if (Jt)
      d = "<remove></remove>" + d;
    else {
      const $e = Go(d, /^[\r\n\t ]+/);
      R = $e && $e[0];
    }
    gn === "application/xhtml+xml" && Qe === Pe && (d = '<html xmlns="http://www.w3.org/1999/xhtml"><head></head><body>' + d + "</body></html>");
    const _e = T ? T.createHTML(d) : d;
    if (Qe === Pe)
      try {
        k = new b().parseFromString(_e, gn);
      } catch {
      }
    if (!k || !k.documentElement) {
      k = M.createDocument(Qe, "template", null);
      try {
        k.documentElement.innerHTML = zn ? q : _e;
      } catch {
      }
    }
    const ye = k.body || k.documentElement;
    return d && R && ye.insertBefore(n.createTextNode(R), ye.childNodes[0] || null), Qe === Pe ? se.call(k, ut ? "html" : "body")[0] : ut ? k.documentElement : ye;
  }, bn = function(d) {
    return K.call(
      d.ownerDocument || d,
      d,
      // eslint-disable-next-line no-bitwise
      f.SHOW_ELEMENT | f.SHOW_COMMENT | f.SHOW_TEXT | f.SHOW_PROCESSING_INSTRUCTION | f.SHOW_CDATA_SECTION,
      null
    );
  }, Xn = function(d) {
    return d instanceof g && (typeof d.nodeName != "string" || typeof d.textContent != "string" || typeof d.removeChild != "function" || !(d.attributes instanceof x) || typeof d.removeAttribute != "function" || typeof d.setAttribute != "function" || typeof d.namespaceURI != "string" || typeof d.insertBefore != "function" || typeof d.hasChildNodes != "function");
  }, As = function(d) {
    return typeof c == "function" && d instanceof c;
  };
  function Gt(N, d, k) {
    gl(N, (R) => {
      R.call(e, d, k, En);
    });
  }
  const ll = function(d) {
    let k = null;
    if (Gt(A.beforeSanitizeElements, d, null), Xn(d))
      return rt(d), !0;
    const R = He(d.nodeName);
    if (Gt(A.uponSanitizeElement, d, {
      tagName: R,
      allowedTags: Y
    }), lt && d.hasChildNodes() && !As(d.firstElementChild) && gt(/<[/\w!]/g, d.innerHTML) && gt(/<[/\w!]/g, d.textContent) || d.nodeType === Us.progressingInstruction || lt && d.nodeType === Us.comment && gt(/<[/\w]/g, d.data))
      return rt(d), !0;
    if (!Y[R] || be[R]) {
      if (!be[R] && il(R) && (ie.tagNameCheck instanceof RegExp && gt(ie.tagNameCheck, R) || ie.tagNameCheck instanceof Function && ie.tagNameCheck(R)))
        return !1;
      if (Bt && !fe[R]) {
        const _e = z(d) || d.parentNode, ye = E(d) || d.childNodes;
        if (ye && _e) {
          const $e = ye.length;
          for (let ot = $e - 1; ot >= 0; --ot) {
            const At = O(ye[ot], !0);
            At.__removalCount = (d.__removalCount || 0) + 1, _e.insertBefore(At, G(d));
          }
        }
      }
      return rt(d), !0;
    }
    return d instanceof h && !$n(d) || (R === "noscript" || R === "noembed" || R === "noframes") && gt(/<\/no(script|embed|frames)/i, d.innerHTML) ? (rt(d), !0) : (ct && d.nodeType === Us.text && (k = d.textContent, gl([ee, U, V], (_e) => {
      k = Is(k, _e, " ");
    }), d.textContent !== k && (Os(e.removed, {
      element: d.cloneNode()
    }), d.textContent = k)), Gt(A.afterSanitizeElements, d, null), !1);
  }, tn = function(d, k, R) {
    if (Ze && (k === "id" || k === "name") && (R in n || R in jl))
      return !1;
    if (!(st && !he[k] && gt(B, k))) {
      if (!(_t && gt(le, k))) {
        if (!C[k] || he[k]) {
          if (
            // First condition does a very basic check if a) it's basically a valid custom element tagname AND
            // b) if the tagName passes whatever the user has configured for CUSTOM_ELEMENT_HANDLING.tagNameCheck
            // and c) if the attribute name passes whatever the user has configured for CUSTOM_ELEMENT_HANDLING.attributeNameCheck
            !(il(d) && (ie.tagNameCheck instanceof RegExp && gt(ie.tagNameCheck, d) || ie.tagNameCheck instanceof Function && ie.tagNameCheck(d)) && (ie.attributeNameCheck instanceof RegExp && gt(ie.attributeNameCheck, k) || ie.attributeNameCheck instanceof Function && ie.attributeNameCheck(k)) || // Alternative, second condition checks if it's an `is`-attribute, AND
            // the value passes whatever the user has configured for CUSTOM_ELEMENT_HANDLING.tagNameCheck
            k === "is" && ie.allowCustomizedBuiltInElements && (ie.tagNameCheck instanceof RegExp && gt(ie.tagNameCheck, R) || ie.tagNameCheck instanceof Function && ie.tagNameCheck(R)))
          ) return !1;
        } else if (!kt[k]) {
          if (!gt(ce, Is(R, nt, ""))) {
            if (!((k === "src" || k === "xlink:href" || k === "href") && d !== "script" && Tf(R, "data:") === 0 && pn[d])) {
              if (!(Ee && !gt(H, Is(R, nt, "")))) {
                if (R)
                  return !1;
              }
            }
          }
        }
      }
    }
    return !0;
  }, il = function(d) {
    return d !== "annotation-xml" && Go(d, Ae);
  }, Rn = function(d) {
    Gt(A.beforeSanitizeAttributes, d, null);
    const {
      attributes: k
    } = d;
    if (!k || Xn(d))
      return;
    const R = {
      attrName: "",
      attrValue: "",
      keepAttr: !0,
      allowedAttributes: C,
      forceKeepAttr: void 0
    };
    let _e = k.length;
    for (; _e--; ) {
      const ye = k[_e], {
        name: $e,
        namespaceURI: ot,
        value: At
      } = ye, nn = He($e), sn = At;
      let Fe = $e === "value" ? sn : Af(sn);
      if (R.attrName = nn, R.attrValue = Fe, R.keepAttr = !0, R.forceKeepAttr = void 0, Gt(A.uponSanitizeAttribute, d, R), Fe = R.attrValue, fn && (nn === "id" || nn === "name") && (Ve($e, d), Fe = Ft + Fe), lt && gt(/((--!?|])>)|<\/(style|title)/i, Fe)) {
        Ve($e, d);
        continue;
      }
      if (R.forceKeepAttr)
        continue;
      if (!R.keepAttr) {
        Ve($e, d);
        continue;
      }
      if (!St && gt(/\/>/i, Fe)) {
        Ve($e, d);
        continue;
      }
      ct && gl([ee, U, V], (ts) => {
        Fe = Is(Fe, ts, " ");
      });
      const es = He(d.nodeName);
      if (!tn(es, nn, Fe)) {
        Ve($e, d);
        continue;
      }
      if (T && typeof v == "object" && typeof v.getAttributeType == "function" && !ot)
        switch (v.getAttributeType(es, nn)) {
          case "TrustedHTML": {
            Fe = T.createHTML(Fe);
            break;
          }
          case "TrustedScriptURL": {
            Fe = T.createScriptURL(Fe);
            break;
          }
        }
      if (Fe !== sn)
        try {
          ot ? d.setAttributeNS(ot, $e, Fe) : d.setAttribute($e, Fe), Xn(d) ? rt(d) : Wo(e.removed);
        } catch {
          Ve($e, d);
        }
    }
    Gt(A.afterSanitizeAttributes, d, null);
  }, rl = function N(d) {
    let k = null;
    const R = bn(d);
    for (Gt(A.beforeSanitizeShadowDOM, d, null); k = R.nextNode(); )
      Gt(A.uponSanitizeShadowNode, k, null), ll(k), Rn(k), k.content instanceof i && N(k.content);
    Gt(A.afterSanitizeShadowDOM, d, null);
  };
  return e.sanitize = function(N) {
    let d = arguments.length > 1 && arguments[1] !== void 0 ? arguments[1] : {}, k = null, R = null, _e = null, ye = null;
    if (zn = !N, zn && (N = "<\x21-->"), typeof N != "string" && !As(N))
      if (typeof N.toString == "function") {
        if (N = N.toString(), typeof N != "string")
          throw Ns("dirty is not a string, aborting");
      } else
        throw Ns("toString is not a function");
    if (!e.isSupported)
      return N;
    if (Qt || Wt(d), e.removed = [], typeof N == "string" && (Z = !1), Z) {
      if (N.nodeName) {
        const At = He(N.nodeName);
        if (!Y[At] || be[At])
          throw Ns("root node is forbidden and cannot be sanitized in-place");
      }
    } else if (N instanceof c)
      k = mn("<\x21---->"), R = k.ownerDocument.importNode(N, !0), R.nodeType === Us.element && R.nodeName === "BODY" || R.nodeName === "HTML" ? k = R : k.appendChild(R);
    else {
      if (!Pt && !ct && !ut && // eslint-disable-next-line unicorn/prefer-includes
      N.indexOf("<") === -1)
        return T && Dt ? T.createHTML(N) : N;
      if (k = mn(N), !k)
        return Pt ? null : Dt ? q : "";
    }
    k && Jt && rt(k.firstChild);
    const $e = bn(Z ? N : k);
    for (; _e = $e.nextNode(); )
      ll(_e), Rn(_e), _e.content instanceof i && rl(_e.content);
    if (Z)
      return N;
    if (Pt) {
      if (hn)
        for (ye = X.call(k.ownerDocument); k.firstChild; )
          ye.appendChild(k.firstChild);
      else
        ye = k;
      return (C.shadowroot || C.shadowrootmode) && (ye = Q.call(s, ye, !0)), ye;
    }
    let ot = ut ? k.outerHTML : k.innerHTML;
    return ut && Y["!doctype"] && k.ownerDocument && k.ownerDocument.doctype && k.ownerDocument.doctype.name && gt(tc, k.ownerDocument.doctype.name) && (ot = "<!DOCTYPE " + k.ownerDocument.doctype.name + `>
` + ot), ct && gl([ee, U, V], (At) => {
      ot = Is(ot, At, " ");
    }), T && Dt ? T.createHTML(ot) : ot;
  }, e.setConfig = function() {
    let N = arguments.length > 0 && arguments[0] !== void 0 ? arguments[0] : {};
    Wt(N), Qt = !0;
  }, e.clearConfig = function() {
    En = null, Qt = !1;
  }, e.isValidAttribute = function(N, d, k) {
    En || Wt({});
    const R = He(N), _e = He(d);
    return tn(R, _e, k);
  }, e.addHook = function(N, d) {
    typeof d == "function" && Os(A[N], d);
  }, e.removeHook = function(N, d) {
    if (d !== void 0) {
      const k = vf(A[N], d);
      return k === -1 ? void 0 : Sf(A[N], k, 1)[0];
    }
    return Wo(A[N]);
  }, e.removeHooks = function(N) {
    A[N] = [];
  }, e.removeAllHooks = function() {
    A = Ko();
  }, e;
}
var Ff = nc();
function rr() {
  return {
    async: !1,
    breaks: !1,
    extensions: null,
    gfm: !0,
    hooks: null,
    pedantic: !1,
    renderer: null,
    silent: !1,
    tokenizer: null,
    walkTokens: null
  };
}
var Jn = rr();
function sc(t) {
  Jn = t;
}
var Zs = { exec: () => null };
function xe(t, e = "") {
  let n = typeof t == "string" ? t : t.source;
  const s = {
    replace: (l, i) => {
      let o = typeof i == "string" ? i : i.source;
      return o = o.replace(bt.caret, "$1"), n = n.replace(l, o), s;
    },
    getRegex: () => new RegExp(n, e)
  };
  return s;
}
var bt = {
  codeRemoveIndent: /^(?: {1,4}| {0,3}\t)/gm,
  outputLinkReplace: /\\([\[\]])/g,
  indentCodeCompensation: /^(\s+)(?:```)/,
  beginningSpace: /^\s+/,
  endingHash: /#$/,
  startingSpaceChar: /^ /,
  endingSpaceChar: / $/,
  nonSpaceChar: /[^ ]/,
  newLineCharGlobal: /\n/g,
  tabCharGlobal: /\t/g,
  multipleSpaceGlobal: /\s+/g,
  blankLine: /^[ \t]*$/,
  doubleBlankLine: /\n[ \t]*\n[ \t]*$/,
  blockquoteStart: /^ {0,3}>/,
  blockquoteSetextReplace: /\n {0,3}((?:=+|-+) *)(?=\n|$)/g,
  blockquoteSetextReplace2: /^ {0,3}>[ \t]?/gm,
  listReplaceTabs: /^\t+/,
  listReplaceNesting: /^ {1,4}(?=( {4})*[^ ])/g,
  listIsTask: /^\[[ xX]\] /,
  listReplaceTask: /^\[[ xX]\] +/,
  anyLine: /\n.*\n/,
  hrefBrackets: /^<(.*)>$/,
  tableDelimiter: /[:|]/,
  tableAlignChars: /^\||\| *$/g,
  tableRowBlankLine: /\n[ \t]*$/,
  tableAlignRight: /^ *-+: *$/,
  tableAlignCenter: /^ *:-+: *$/,
  tableAlignLeft: /^ *:-+ *$/,
  startATag: /^<a /i,
  endATag: /^<\/a>/i,
  startPreScriptTag: /^<(pre|code|kbd|script)(\s|>)/i,
  endPreScriptTag: /^<\/(pre|code|kbd|script)(\s|>)/i,
  startAngleBracket: /^</,
  endAngleBracket: />$/,
  pedanticHrefTitle: /^([^'"]*[^\s])\s+(['"])(.*)\2/,
  unicodeAlphaNumeric: /[\p{L}\p{N}]/u,
  escapeTest: /[&<>"']/,
  escapeReplace: /[&<>"']/g,
  escapeTestNoEncode: /[<>"']|&(?!(#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);)/,
  escapeReplaceNoEncode: /[<>"']|&(?!(#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);)/g,
  unescapeTest: /&(#(?:\d+)|(?:#x[0-9A-Fa-f]+)|(?:\w+));?/ig,
  caret: /(^|[^\[])\^/g,
  percentDecode: /%25/g,
  findPipe: /\|/g,
  splitPipe: / \|/,
  slashPipe: /\\\|/g,
  carriageReturn: /\r\n|\r/g,
  spaceLine: /^ +$/gm,
  notSpaceStart: /^\S*/,
  endingNewline: /\n$/,
  listItemRegex: (t) => new RegExp(`^( {0,3}${t})((?:[	 ][^\\n]*)?(?:\\n|$))`),
  nextBulletRegex: (t) => new RegExp(`^ {0,${Math.min(3, t - 1)}}(?:[*+-]|\\d{1,9}[.)])((?:[ 	][^\\n]*)?(?:\\n|$))`),
  hrRegex: (t) => new RegExp(`^ {0,${Math.min(3, t - 1)}}((?:- *){3,}|(?:_ *){3,}|(?:\\* *){3,})(?:\\n+|$)`),
  fencesBeginRegex: (t) => new RegExp(`^ {0,${Math.min(3, t - 1)}}(?:\`\`\`|~~~)`),
  headingBeginRegex: (t) => new RegExp(`^ {0,${Math.min(3, t - 1)}}#`),
  htmlBeginRegex: (t) => new RegExp(`^ {0,${Math.min(3, t - 1)}}<(?:[a-z].*>|!--)`, "i")
}, Bf = /^(?:[ \t]*(?:\n|$))+/, Wf = /^((?: {4}| {0,3}\t)[^\n]+(?:\n(?:[ \t]*(?:\n|$))*)?)+/, Gf = /^ {0,3}(`{3,}(?=[^`\n]*(?:\n|$))|~{3,})([^\n]*)(?:\n|$)(?:|([\s\S]*?)(?:\n|$))(?: {0,3}\1[~`]* *(?=\n|$)|$)/, tl = /^ {0,3}((?:-[\t ]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})(?:\n+|$)/, Vf = /^ {0,3}(#{1,6})(?=\s|$)(.*)(?:\n+|$)/, or = /(?:[*+-]|\d{1,9}[.)])/, lc = /^(?!bull |blockCode|fences|blockquote|heading|html|table)((?:.|\n(?!\s*?\n|bull |blockCode|fences|blockquote|heading|html|table))+?)\n {0,3}(=+|-+) *(?:\n+|$)/, ic = xe(lc).replace(/bull/g, or).replace(/blockCode/g, /(?: {4}| {0,3}\t)/).replace(/fences/g, / {0,3}(?:`{3,}|~{3,})/).replace(/blockquote/g, / {0,3}>/).replace(/heading/g, / {0,3}#{1,6}/).replace(/html/g, / {0,3}<[^\n>]+>\n/).replace(/\|table/g, "").getRegex(), jf = xe(lc).replace(/bull/g, or).replace(/blockCode/g, /(?: {4}| {0,3}\t)/).replace(/fences/g, / {0,3}(?:`{3,}|~{3,})/).replace(/blockquote/g, / {0,3}>/).replace(/heading/g, / {0,3}#{1,6}/).replace(/html/g, / {0,3}<[^\n>]+>\n/).replace(/table/g, / {0,3}\|?(?:[:\- ]*\|)+[\:\- ]*\n/).getRegex(), ar = /^([^\n]+(?:\n(?!hr|heading|lheading|blockquote|fences|list|html|table| +\n)[^\n]+)*)/, qf = /^[^\n]+/, cr = /(?!\s*\])(?:\\.|[^\[\]\\])+/, Yf = xe(/^ {0,3}\[(label)\]: *(?:\n[ \t]*)?([^<\s][^\s]*|<.*?>)(?:(?: +(?:\n[ \t]*)?| *\n[ \t]*)(title))? *(?:\n+|$)/).replace("label", cr).replace("title", /(?:"(?:\\"?|[^"\\])*"|'[^'\n]*(?:\n[^'\n]+)*\n?'|\([^()]*\))/).getRegex(), Zf = xe(/^( {0,3}bull)([ \t][^\n]+?)?(?:\n|$)/).replace(/bull/g, or).getRegex(), Wl = "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|meta|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul", ur = /<\x21--(?:-?>|[\s\S]*?(?:-->|$))/, Kf = xe(
  "^ {0,3}(?:<(script|pre|style|textarea)[\\s>][\\s\\S]*?(?:</\\1>[^\\n]*\\n+|$)|comment[^\\n]*(\\n+|$)|<\\?[\\s\\S]*?(?:\\?>\\n*|$)|<![A-Z][\\s\\S]*?(?:>\\n*|$)|<!\\[CDATA\\[[\\s\\S]*?(?:\\]\\]>\\n*|$)|</?(tag)(?: +|\\n|/?>)[\\s\\S]*?(?:(?:\\n[ 	]*)+\\n|$)|<(?!script|pre|style|textarea)([a-z][\\w-]*)(?:attribute)*? */?>(?=[ \\t]*(?:\\n|$))[\\s\\S]*?(?:(?:\\n[ 	]*)+\\n|$)|</(?!script|pre|style|textarea)[a-z][\\w-]*\\s*>(?=[ \\t]*(?:\\n|$))[\\s\\S]*?(?:(?:\\n[ 	]*)+\\n|$))",
  "i"
).replace("comment", ur).replace("tag", Wl).replace("attribute", / +[a-zA-Z:_][\w.:-]*(?: *= *"[^"\n]*"| *= *'[^'\n]*'| *= *[^\s"'=<>`]+)?/).getRegex(), rc = xe(ar).replace("hr", tl).replace("heading", " {0,3}#{1,6}(?:\\s|$)").replace("|lheading", "").replace("|table", "").replace("blockquote", " {0,3}>").replace("fences", " {0,3}(?:`{3,}(?=[^`\\n]*\\n)|~{3,})[^\\n]*\\n").replace("list", " {0,3}(?:[*+-]|1[.)]) ").replace("html", "</?(?:tag)(?: +|\\n|/?>)|<(?:script|pre|style|textarea|!--)").replace("tag", Wl).getRegex(), Qf = xe(/^( {0,3}> ?(paragraph|[^\n]*)(?:\n|$))+/).replace("paragraph", rc).getRegex(), hr = {
  blockquote: Qf,
  code: Wf,
  def: Yf,
  fences: Gf,
  heading: Vf,
  hr: tl,
  html: Kf,
  lheading: ic,
  list: Zf,
  newline: Bf,
  paragraph: rc,
  table: Zs,
  text: qf
}, Qo = xe(
  "^ *([^\\n ].*)\\n {0,3}((?:\\| *)?:?-+:? *(?:\\| *:?-+:? *)*(?:\\| *)?)(?:\\n((?:(?! *\\n|hr|heading|blockquote|code|fences|list|html).*(?:\\n|$))*)\\n*|$)"
).replace("hr", tl).replace("heading", " {0,3}#{1,6}(?:\\s|$)").replace("blockquote", " {0,3}>").replace("code", "(?: {4}| {0,3}	)[^\\n]").replace("fences", " {0,3}(?:`{3,}(?=[^`\\n]*\\n)|~{3,})[^\\n]*\\n").replace("list", " {0,3}(?:[*+-]|1[.)]) ").replace("html", "</?(?:tag)(?: +|\\n|/?>)|<(?:script|pre|style|textarea|!--)").replace("tag", Wl).getRegex(), Jf = {
  ...hr,
  lheading: jf,
  table: Qo,
  paragraph: xe(ar).replace("hr", tl).replace("heading", " {0,3}#{1,6}(?:\\s|$)").replace("|lheading", "").replace("table", Qo).replace("blockquote", " {0,3}>").replace("fences", " {0,3}(?:`{3,}(?=[^`\\n]*\\n)|~{3,})[^\\n]*\\n").replace("list", " {0,3}(?:[*+-]|1[.)]) ").replace("html", "</?(?:tag)(?: +|\\n|/?>)|<(?:script|pre|style|textarea|!--)").replace("tag", Wl).getRegex()
}, Xf = {
  ...hr,
  html: xe(
    `^ *(?:comment *(?:\\n|\\s*$)|<(tag)[\\s\\S]+?</\\1> *(?:\\n{2,}|\\s*$)|<tag(?:"[^"]*"|'[^']*'|\\s[^'"/>\\s]*)*?/?> *(?:\\n{2,}|\\s*$))`
  ).replace("comment", ur).replace(/tag/g, "(?!(?:a|em|strong|small|s|cite|q|dfn|abbr|data|time|code|var|samp|kbd|sub|sup|i|b|u|mark|ruby|rt|rp|bdi|bdo|span|br|wbr|ins|del|img)\\b)\\w+(?!:|[^\\w\\s@]*@)\\b").getRegex(),
  def: /^ *\[([^\]]+)\]: *<?([^\s>]+)>?(?: +(["(][^\n]+[")]))? *(?:\n+|$)/,
  heading: /^(#{1,6})(.*)(?:\n+|$)/,
  fences: Zs,
  // fences not supported
  lheading: /^(.+?)\n {0,3}(=+|-+) *(?:\n+|$)/,
  paragraph: xe(ar).replace("hr", tl).replace("heading", ` *#{1,6} *[^
]`).replace("lheading", ic).replace("|table", "").replace("blockquote", " {0,3}>").replace("|fences", "").replace("|list", "").replace("|html", "").replace("|tag", "").getRegex()
}, ep = /^\\([!"#$%&'()*+,\-./:;<=>?@\[\]\\^_`{|}~])/, tp = /^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/, oc = /^( {2,}|\\)\n(?!\s*$)/, np = /^(`+|[^`])(?:(?= {2,}\n)|[\s\S]*?(?:(?=[\\<!\[`*_]|\b_|$)|[^ ](?= {2,}\n)))/, Gl = /[\p{P}\p{S}]/u, fr = /[\s\p{P}\p{S}]/u, ac = /[^\s\p{P}\p{S}]/u, sp = xe(/^((?![*_])punctSpace)/, "u").replace(/punctSpace/g, fr).getRegex(), cc = /(?!~)[\p{P}\p{S}]/u, lp = /(?!~)[\s\p{P}\p{S}]/u, ip = /(?:[^\s\p{P}\p{S}]|~)/u, rp = /\[[^[\]]*?\]\((?:\\.|[^\\\(\)]|\((?:\\.|[^\\\(\)])*\))*\)|`[^`]*?`|<[^<>]*?>/g, uc = /^(?:\*+(?:((?!\*)punct)|[^\s*]))|^_+(?:((?!_)punct)|([^\s_]))/, op = xe(uc, "u").replace(/punct/g, Gl).getRegex(), ap = xe(uc, "u").replace(/punct/g, cc).getRegex(), hc = "^[^_*]*?__[^_*]*?\\*[^_*]*?(?=__)|[^*]+(?=[^*])|(?!\\*)punct(\\*+)(?=[\\s]|$)|notPunctSpace(\\*+)(?!\\*)(?=punctSpace|$)|(?!\\*)punctSpace(\\*+)(?=notPunctSpace)|[\\s](\\*+)(?!\\*)(?=punct)|(?!\\*)punct(\\*+)(?!\\*)(?=punct)|notPunctSpace(\\*+)(?=notPunctSpace)", cp = xe(hc, "gu").replace(/notPunctSpace/g, ac).replace(/punctSpace/g, fr).replace(/punct/g, Gl).getRegex(), up = xe(hc, "gu").replace(/notPunctSpace/g, ip).replace(/punctSpace/g, lp).replace(/punct/g, cc).getRegex(), hp = xe(
  "^[^_*]*?\\*\\*[^_*]*?_[^_*]*?(?=\\*\\*)|[^_]+(?=[^_])|(?!_)punct(_+)(?=[\\s]|$)|notPunctSpace(_+)(?!_)(?=punctSpace|$)|(?!_)punctSpace(_+)(?=notPunctSpace)|[\\s](_+)(?!_)(?=punct)|(?!_)punct(_+)(?!_)(?=punct)",
  "gu"
).replace(/notPunctSpace/g, ac).replace(/punctSpace/g, fr).replace(/punct/g, Gl).getRegex(), fp = xe(/\\(punct)/, "gu").replace(/punct/g, Gl).getRegex(), pp = xe(/^<(scheme:[^\s\x00-\x1f<>]*|email)>/).replace("scheme", /[a-zA-Z][a-zA-Z0-9+.-]{1,31}/).replace("email", /[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+(@)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+(?![-_])/).getRegex(), dp = xe(ur).replace("(?:-->|$)", "-->").getRegex(), gp = xe(
  "^comment|^</[a-zA-Z][\\w:-]*\\s*>|^<[a-zA-Z][\\w-]*(?:attribute)*?\\s*/?>|^<\\?[\\s\\S]*?\\?>|^<![a-zA-Z]+\\s[\\s\\S]*?>|^<!\\[CDATA\\[[\\s\\S]*?\\]\\]>"
).replace("comment", dp).replace("attribute", /\s+[a-zA-Z:_][\w.:-]*(?:\s*=\s*"[^"]*"|\s*=\s*'[^']*'|\s*=\s*[^\s"'=<>`]+)?/).getRegex(), $l = /(?:\[(?:\\.|[^\[\]\\])*\]|\\.|`[^`]*`|[^\[\]\\`])*?/, mp = xe(/^!?\[(label)\]\(\s*(href)(?:(?:[ \t]*(?:\n[ \t]*)?)(title))?\s*\)/).replace("label", $l).replace("href", /<(?:\\.|[^\n<>\\])+>|[^ \t\n\x00-\x1f]*/).replace("title", /"(?:\\"?|[^"\\])*"|'(?:\\'?|[^'\\])*'|\((?:\\\)?|[^)\\])*\)/).getRegex(), fc = xe(/^!?\[(label)\]\[(ref)\]/).replace("label", $l).replace("ref", cr).getRegex(), pc = xe(/^!?\[(ref)\](?:\[\])?/).replace("ref", cr).getRegex(), bp = xe("reflink|nolink(?!\\()", "g").replace("reflink", fc).replace("nolink", pc).getRegex(), pr = {
  _backpedal: Zs,
  // only used for GFM url
  anyPunctuation: fp,
  autolink: pp,
  blockSkip: rp,
  br: oc,
  code: tp,
  del: Zs,
  emStrongLDelim: op,
  emStrongRDelimAst: cp,
  emStrongRDelimUnd: hp,
  escape: ep,
  link: mp,
  nolink: pc,
  punctuation: sp,
  reflink: fc,
  reflinkSearch: bp,
  tag: gp,
  text: np,
  url: Zs
}, wp = {
  ...pr,
  link: xe(/^!?\[(label)\]\((.*?)\)/).replace("label", $l).getRegex(),
  reflink: xe(/^!?\[(label)\]\s*\[([^\]]*)\]/).replace("label", $l).getRegex()
}, zi = {
  ...pr,
  emStrongRDelimAst: up,
  emStrongLDelim: ap,
  url: xe(/^((?:ftp|https?):\/\/|www\.)(?:[a-zA-Z0-9\-]+\.?)+[^\s<]*|^email/, "i").replace("email", /[A-Za-z0-9._+-]+(@)[a-zA-Z0-9-_]+(?:\.[a-zA-Z0-9-_]*[a-zA-Z0-9])+(?![-_])/).getRegex(),
  _backpedal: /(?:[^?!.,:;*_'"~()&]+|\([^)]*\)|&(?![a-zA-Z0-9]+;$)|[?!.,:;*_'"~)]+(?!$))+/,
  del: /^(~~?)(?=[^\s~])((?:\\.|[^\\])*?(?:\\.|[^\s~\\]))\1(?=[^~]|$)/,
  text: /^([`~]+|[^`~])(?:(?= {2,}\n)|(?=[a-zA-Z0-9.!#$%&'*+\/=?_`{\|}~-]+@)|[\s\S]*?(?:(?=[\\<!\[`*~_]|\b_|https?:\/\/|ftp:\/\/|www\.|$)|[^ ](?= {2,}\n)|[^a-zA-Z0-9.!#$%&'*+\/=?_`{\|}~-](?=[a-zA-Z0-9.!#$%&'*+\/=?_`{\|}~-]+@)))/
}, xp = {
  ...zi,
  br: xe(oc).replace("{2,}", "*").getRegex(),
  text: xe(zi.text).replace("\\b_", "\\b_| {2,}\\n").replace(/\{2,\}/g, "*").getRegex()
}, bl = {
  normal: hr,
  gfm: Jf,
  pedantic: Xf
}, Hs = {
  normal: pr,
  gfm: zi,
  breaks: xp,
  pedantic: wp
}, _p = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}, Jo = (t) => _p[t];
function un(t, e) {
  if (e) {
    if (bt.escapeTest.test(t))
      return t.replace(bt.escapeReplace, Jo);
  } else if (bt.escapeTestNoEncode.test(t))
    return t.replace(bt.escapeReplaceNoEncode, Jo);
  return t;
}
function Xo(t) {
  try {
    t = encodeURI(t).replace(bt.percentDecode, "%");
  } catch {
    return null;
  }
  return t;
}
function ea(t, e) {
  const n = t.replace(bt.findPipe, (i, o, c) => {
    let h = !1, f = o;
    for (; --f >= 0 && c[f] === "\\"; ) h = !h;
    return h ? "|" : " |";
  }), s = n.split(bt.splitPipe);
  let l = 0;
  if (s[0].trim() || s.shift(), s.length > 0 && !s.at(-1)?.trim() && s.pop(), e)
    if (s.length > e)
      s.splice(e);
    else
      for (; s.length < e; ) s.push("");
  for (; l < s.length; l++)
    s[l] = s[l].trim().replace(bt.slashPipe, "|");
  return s;
}
function Fs(t, e, n) {
  const s = t.length;
  if (s === 0)
    return "";
  let l = 0;
  for (; l < s && t.charAt(s - l - 1) === e; )
    l++;
  return t.slice(0, s - l);
}
function kp(t, e) {
  if (t.indexOf(e[1]) === -1)
    return -1;
  let n = 0;
  for (let s = 0; s < t.length; s++)
    if (t[s] === "\\")
      s++;
    else if (t[s] === e[0])
      n++;
    else if (t[s] === e[1] && (n--, n < 0))
      return s;
  return n > 0 ? -2 : -1;
}
function ta(t, e, n, s, l) {
  const i = e.href, o = e.title || null, c = t[1].replace(l.other.outputLinkReplace, "$1");
  s.state.inLink = !0;
  const h = {
    type: t[0].charAt(0) === "!" ? "image" : "link",
    raw: n,
    href: i,
    title: o,
    text: c,
    tokens: s.inlineTokens(c)
  };
  return s.state.inLink = !1, h;
}
function yp(t, e, n) {
  const s = t.match(n.other.indentCodeCompensation);
  if (s === null)
    return e;
  const l = s[1];
  return e.split(`
`).map((i) => {
    const o = i.match(n.other.beginningSpace);
    if (o === null)
      return i;
    const [c] = o;
    return c.length >= l.length ? i.slice(l.length) : i;
  }).join(`
`);
}
var Rl = class {
  options;
  rules;
  // set by the lexer
  lexer;
  // set by the lexer
  constructor(t) {
    this.options = t || Jn;
  }
  space(t) {
    const e = this.rules.block.newline.exec(t);
    if (e && e[0].length > 0)
      return {
        type: "space",
        raw: e[0]
      };
  }
  code(t) {
    const e = this.rules.block.code.exec(t);
    if (e) {
      const n = e[0].replace(this.rules.other.codeRemoveIndent, "");
      return {
        type: "code",
        raw: e[0],
        codeBlockStyle: "indented",
        text: this.options.pedantic ? n : Fs(n, `
`)
      };
    }
  }
  fences(t) {
    const e = this.rules.block.fences.exec(t);
    if (e) {
      const n = e[0], s = yp(n, e[3] || "", this.rules);
      return {
        type: "code",
        raw: n,
        lang: e[2] ? e[2].trim().replace(this.rules.inline.anyPunctuation, "$1") : e[2],
        text: s
      };
    }
  }
  heading(t) {
    const e = this.rules.block.heading.exec(t);
    if (e) {
      let n = e[2].trim();
      if (this.rules.other.endingHash.test(n)) {
        const s = Fs(n, "#");
        (this.options.pedantic || !s || this.rules.other.endingSpaceChar.test(s)) && (n = s.trim());
      }
      return {
        type: "heading",
        raw: e[0],
        depth: e[1].length,
        text: n,
        tokens: this.lexer.inline(n)
      };
    }
  }
  hr(t) {
    const e = this.rules.block.hr.exec(t);
    if (e)
      return {
        type: "hr",
        raw: Fs(e[0], `
`)
      };
  }
  blockquote(t) {
    const e = this.rules.block.blockquote.exec(t);
    if (e) {
      let n = Fs(e[0], `
`).split(`
`), s = "", l = "";
      const i = [];
      for (; n.length > 0; ) {
        let o = !1;
        const c = [];
        let h;
        for (h = 0; h < n.length; h++)
          if (this.rules.other.blockquoteStart.test(n[h]))
            c.push(n[h]), o = !0;
          else if (!o)
            c.push(n[h]);
          else
            break;
        n = n.slice(h);
        const f = c.join(`
`), x = f.replace(this.rules.other.blockquoteSetextReplace, `
    $1`).replace(this.rules.other.blockquoteSetextReplace2, "");
        s = s ? `${s}
${f}` : f, l = l ? `${l}
${x}` : x;
        const g = this.lexer.state.top;
        if (this.lexer.state.top = !0, this.lexer.blockTokens(x, i, !0), this.lexer.state.top = g, n.length === 0)
          break;
        const b = i.at(-1);
        if (b?.type === "code")
          break;
        if (b?.type === "blockquote") {
          const v = b, y = v.raw + `
` + n.join(`
`), O = this.blockquote(y);
          i[i.length - 1] = O, s = s.substring(0, s.length - v.raw.length) + O.raw, l = l.substring(0, l.length - v.text.length) + O.text;
          break;
        } else if (b?.type === "list") {
          const v = b, y = v.raw + `
` + n.join(`
`), O = this.list(y);
          i[i.length - 1] = O, s = s.substring(0, s.length - b.raw.length) + O.raw, l = l.substring(0, l.length - v.raw.length) + O.raw, n = y.substring(i.at(-1).raw.length).split(`
`);
          continue;
        }
      }
      return {
        type: "blockquote",
        raw: s,
        tokens: i,
        text: l
      };
    }
  }
  list(t) {
    let e = this.rules.block.list.exec(t);
    if (e) {
      let n = e[1].trim();
      const s = n.length > 1, l = {
        type: "list",
        raw: "",
        ordered: s,
        start: s ? +n.slice(0, -1) : "",
        loose: !1,
        items: []
      };
      n = s ? `\\d{1,9}\\${n.slice(-1)}` : `\\${n}`, this.options.pedantic && (n = s ? n : "[*+-]");
      const i = this.rules.other.listItemRegex(n);
      let o = !1;
      for (; t; ) {
        let h = !1, f = "", x = "";
        if (!(e = i.exec(t)) || this.rules.block.hr.test(t))
          break;
        f = e[0], t = t.substring(f.length);
        let g = e[2].split(`
`, 1)[0].replace(this.rules.other.listReplaceTabs, (G) => " ".repeat(3 * G.length)), b = t.split(`
`, 1)[0], v = !g.trim(), y = 0;
        if (this.options.pedantic ? (y = 2, x = g.trimStart()) : v ? y = e[1].length + 1 : (y = e[2].search(this.rules.other.nonSpaceChar), y = y > 4 ? 1 : y, x = g.slice(y), y += e[1].length), v && this.rules.other.blankLine.test(b) && (f += b + `
`, t = t.substring(b.length + 1), h = !0), !h) {
          const G = this.rules.other.nextBulletRegex(y), E = this.rules.other.hrRegex(y), z = this.rules.other.fencesBeginRegex(y), T = this.rules.other.headingBeginRegex(y), q = this.rules.other.htmlBeginRegex(y);
          for (; t; ) {
            const M = t.split(`
`, 1)[0];
            let K;
            if (b = M, this.options.pedantic ? (b = b.replace(this.rules.other.listReplaceNesting, "  "), K = b) : K = b.replace(this.rules.other.tabCharGlobal, "    "), z.test(b) || T.test(b) || q.test(b) || G.test(b) || E.test(b))
              break;
            if (K.search(this.rules.other.nonSpaceChar) >= y || !b.trim())
              x += `
` + K.slice(y);
            else {
              if (v || g.replace(this.rules.other.tabCharGlobal, "    ").search(this.rules.other.nonSpaceChar) >= 4 || z.test(g) || T.test(g) || E.test(g))
                break;
              x += `
` + b;
            }
            !v && !b.trim() && (v = !0), f += M + `
`, t = t.substring(M.length + 1), g = K.slice(y);
          }
        }
        l.loose || (o ? l.loose = !0 : this.rules.other.doubleBlankLine.test(f) && (o = !0));
        let O = null, W;
        this.options.gfm && (O = this.rules.other.listIsTask.exec(x), O && (W = O[0] !== "[ ] ", x = x.replace(this.rules.other.listReplaceTask, ""))), l.items.push({
          type: "list_item",
          raw: f,
          task: !!O,
          checked: W,
          loose: !1,
          text: x,
          tokens: []
        }), l.raw += f;
      }
      const c = l.items.at(-1);
      if (c)
        c.raw = c.raw.trimEnd(), c.text = c.text.trimEnd();
      else
        return;
      l.raw = l.raw.trimEnd();
      for (let h = 0; h < l.items.length; h++)
        if (this.lexer.state.top = !1, l.items[h].tokens = this.lexer.blockTokens(l.items[h].text, []), !l.loose) {
          const f = l.items[h].tokens.filter((g) => g.type === "space"), x = f.length > 0 && f.some((g) => this.rules.other.anyLine.test(g.raw));
          l.loose = x;
        }
      if (l.loose)
        for (let h = 0; h < l.items.length; h++)
          l.items[h].loose = !0;
      return l;
    }
  }
  html(t) {
    const e = this.rules.block.html.exec(t);
    if (e)
      return {
        type: "html",
        block: !0,
        raw: e[0],
        pre: e[1] === "pre" || e[1] === "script" || e[1] === "style",
        text: e[0]
      };
  }
  def(t) {
    const e = this.rules.block.def.exec(t);
    if (e) {
      const n = e[1].toLowerCase().replace(this.rules.other.multipleSpaceGlobal, " "), s = e[2] ? e[2].replace(this.rules.other.hrefBrackets, "$1").replace(this.rules.inline.anyPunctuation, "$1") : "", l = e[3] ? e[3].substring(1, e[3].length - 1).replace(this.rules.inline.anyPunctuation, "$1") : e[3];
      return {
        type: "def",
        tag: n,
        raw: e[0],
        href: s,
        title: l
      };
    }
  }
  table(t) {
    const e = this.rules.block.table.exec(t);
    if (!e || !this.rules.other.tableDelimiter.test(e[2]))
      return;
    const n = ea(e[1]), s = e[2].replace(this.rules.other.tableAlignChars, "").split("|"), l = e[3]?.trim() ? e[3].replace(this.rules.other.tableRowBlankLine, "").split(`
`) : [], i = {
      type: "table",
      raw: e[0],
      header: [],
      align: [],
      rows: []
    };
    if (n.length === s.length) {
      for (const o of s)
        this.rules.other.tableAlignRight.test(o) ? i.align.push("right") : this.rules.other.tableAlignCenter.test(o) ? i.align.push("center") : this.rules.other.tableAlignLeft.test(o) ? i.align.push("left") : i.align.push(null);
      for (let o = 0; o < n.length; o++)
        i.header.push({
          text: n[o],
          tokens: this.lexer.inline(n[o]),
          header: !0,
          align: i.align[o]
        });
      for (const o of l)
        i.rows.push(ea(o, i.header.length).map((c, h) => ({
          text: c,
          tokens: this.lexer.inline(c),
          header: !1,
          align: i.align[h]
        })));
      return i;
    }
  }
  lheading(t) {
    const e = this.rules.block.lheading.exec(t);
    if (e)
      return {
        type: "heading",
        raw: e[0],
        depth: e[2].charAt(0) === "=" ? 1 : 2,
        text: e[1],
        tokens: this.lexer.inline(e[1])
      };
  }
  paragraph(t) {
    const e = this.rules.block.paragraph.exec(t);
    if (e) {
      const n = e[1].charAt(e[1].length - 1) === `
` ? e[1].slice(0, -1) : e[1];
      return {
        type: "paragraph",
        raw: e[0],
        text: n,
        tokens: this.lexer.inline(n)
      };
    }
  }
  text(t) {
    const e = this.rules.block.text.exec(t);
    if (e)
      return {
        type: "text",
        raw: e[0],
        text: e[0],
        tokens: this.lexer.inline(e[0])
      };
  }
  escape(t) {
    const e = this.rules.inline.escape.exec(t);
    if (e)
      return {
        type: "escape",
        raw: e[0],
        text: e[1]
      };
  }
  tag(t) {
    const e = this.rules.inline.tag.exec(t);
    if (e)
      return !this.lexer.state.inLink && this.rules.other.startATag.test(e[0]) ? this.lexer.state.inLink = !0 : this.lexer.state.inLink && this.rules.other.endATag.test(e[0]) && (this.lexer.state.inLink = !1), !this.lexer.state.inRawBlock && this.rules.other.startPreScriptTag.test(e[0]) ? this.lexer.state.inRawBlock = !0 : this.lexer.state.inRawBlock && this.rules.other.endPreScriptTag.test(e[0]) && (this.lexer.state.inRawBlock = !1), {
        type: "html",
        raw: e[0],
        inLink: this.lexer.state.inLink,
        inRawBlock: this.lexer.state.inRawBlock,
        block: !1,
        text: e[0]
      };
  }
  link(t) {
    const e = this.rules.inline.link.exec(t);
    if (e) {
      const n = e[2].trim();
      if (!this.options.pedantic && this.rules.other.startAngleBracket.test(n)) {
        if (!this.rules.other.endAngleBracket.test(n))
          return;
        const i = Fs(n.slice(0, -1), "\\");
        if ((n.length - i.length) % 2 === 0)
          return;
      } else {
        const i = kp(e[2], "()");
        if (i === -2)
          return;
        if (i > -1) {
          const c = (e[0].indexOf("!") === 0 ? 5 : 4) + e[1].length + i;
          e[2] = e[2].substring(0, i), e[0] = e[0].substring(0, c).trim(), e[3] = "";
        }
      }
      let s = e[2], l = "";
      if (this.options.pedantic) {
        const i = this.rules.other.pedanticHrefTitle.exec(s);
        i && (s = i[1], l = i[3]);
      } else
        l = e[3] ? e[3].slice(1, -1) : "";
      return s = s.trim(), this.rules.other.startAngleBracket.test(s) && (this.options.pedantic && !this.rules.other.endAngleBracket.test(n) ? s = s.slice(1) : s = s.slice(1, -1)), ta(e, {
        href: s && s.replace(this.rules.inline.anyPunctuation, "$1"),
        title: l && l.replace(this.rules.inline.anyPunctuation, "$1")
      }, e[0], this.lexer, this.rules);
    }
  }
  reflink(t, e) {
    let n;
    if ((n = this.rules.inline.reflink.exec(t)) || (n = this.rules.inline.nolink.exec(t))) {
      const s = (n[2] || n[1]).replace(this.rules.other.multipleSpaceGlobal, " "), l = e[s.toLowerCase()];
      if (!l) {
        const i = n[0].charAt(0);
        return {
          type: "text",
          raw: i,
          text: i
        };
      }
      return ta(n, l, n[0], this.lexer, this.rules);
    }
  }
  emStrong(t, e, n = "") {
    let s = this.rules.inline.emStrongLDelim.exec(t);
    if (!s || s[3] && n.match(this.rules.other.unicodeAlphaNumeric)) return;
    if (!(s[1] || s[2] || "") || !n || this.rules.inline.punctuation.exec(n)) {
      const i = [...s[0]].length - 1;
      let o, c, h = i, f = 0;
      const x = s[0][0] === "*" ? this.rules.inline.emStrongRDelimAst : this.rules.inline.emStrongRDelimUnd;
      for (x.lastIndex = 0, e = e.slice(-1 * t.length + i); (s = x.exec(e)) != null; ) {
        if (o = s[1] || s[2] || s[3] || s[4] || s[5] || s[6], !o) continue;
        if (c = [...o].length, s[3] || s[4]) {
          h += c;
          continue;
        } else if ((s[5] || s[6]) && i % 3 && !((i + c) % 3)) {
          f += c;
          continue;
        }
        if (h -= c, h > 0) continue;
        c = Math.min(c, c + h + f);
        const g = [...s[0]][0].length, b = t.slice(0, i + s.index + g + c);
        if (Math.min(i, c) % 2) {
          const y = b.slice(1, -1);
          return {
            type: "em",
            raw: b,
            text: y,
            tokens: this.lexer.inlineTokens(y)
          };
        }
        const v = b.slice(2, -2);
        return {
          type: "strong",
          raw: b,
          text: v,
          tokens: this.lexer.inlineTokens(v)
        };
      }
    }
  }
  codespan(t) {
    const e = this.rules.inline.code.exec(t);
    if (e) {
      let n = e[2].replace(this.rules.other.newLineCharGlobal, " ");
      const s = this.rules.other.nonSpaceChar.test(n), l = this.rules.other.startingSpaceChar.test(n) && this.rules.other.endingSpaceChar.test(n);
      return s && l && (n = n.substring(1, n.length - 1)), {
        type: "codespan",
        raw: e[0],
        text: n
      };
    }
  }
  br(t) {
    const e = this.rules.inline.br.exec(t);
    if (e)
      return {
        type: "br",
        raw: e[0]
      };
  }
  del(t) {
    const e = this.rules.inline.del.exec(t);
    if (e)
      return {
        type: "del",
        raw: e[0],
        text: e[2],
        tokens: this.lexer.inlineTokens(e[2])
      };
  }
  autolink(t) {
    const e = this.rules.inline.autolink.exec(t);
    if (e) {
      let n, s;
      return e[2] === "@" ? (n = e[1], s = "mailto:" + n) : (n = e[1], s = n), {
        type: "link",
        raw: e[0],
        text: n,
        href: s,
        tokens: [
          {
            type: "text",
            raw: n,
            text: n
          }
        ]
      };
    }
  }
  url(t) {
    let e;
    if (e = this.rules.inline.url.exec(t)) {
      let n, s;
      if (e[2] === "@")
        n = e[0], s = "mailto:" + n;
      else {
        let l;
        do
          l = e[0], e[0] = this.rules.inline._backpedal.exec(e[0])?.[0] ?? "";
        while (l !== e[0]);
        n = e[0], e[1] === "www." ? s = "http://" + e[0] : s = e[0];
      }
      return {
        type: "link",
        raw: e[0],
        text: n,
        href: s,
        tokens: [
          {
            type: "text",
            raw: n,
            text: n
          }
        ]
      };
    }
  }
  inlineText(t) {
    const e = this.rules.inline.text.exec(t);
    if (e) {
      const n = this.lexer.state.inRawBlock;
      return {
        type: "text",
        raw: e[0],
        text: e[0],
        escaped: n
      };
    }
  }
}, kn = class Ui {
  tokens;
  options;
  state;
  tokenizer;
  inlineQueue;
  constructor(e) {
    this.tokens = [], this.tokens.links = /* @__PURE__ */ Object.create(null), this.options = e || Jn, this.options.tokenizer = this.options.tokenizer || new Rl(), this.tokenizer = this.options.tokenizer, this.tokenizer.options = this.options, this.tokenizer.lexer = this, this.inlineQueue = [], this.state = {
      inLink: !1,
      inRawBlock: !1,
      top: !0
    };
    const n = {
      other: bt,
      block: bl.normal,
      inline: Hs.normal
    };
    this.options.pedantic ? (n.block = bl.pedantic, n.inline = Hs.pedantic) : this.options.gfm && (n.block = bl.gfm, this.options.breaks ? n.inline = Hs.breaks : n.inline = Hs.gfm), this.tokenizer.rules = n;
  }
  /**
   * Expose Rules
   */
  static get rules() {
    return {
      block: bl,
      inline: Hs
    };
  }
  /**
   * Static Lex Method
   */
  static lex(e, n) {
    return new Ui(n).lex(e);
  }
  /**
   * Static Lex Inline Method
   */
  static lexInline(e, n) {
    return new Ui(n).inlineTokens(e);
  }
  /**
   * Preprocessing
   */
  lex(e) {
    e = e.replace(bt.carriageReturn, `
`), this.blockTokens(e, this.tokens);
    for (let n = 0; n < this.inlineQueue.length; n++) {
      const s = this.inlineQueue[n];
      this.inlineTokens(s.src, s.tokens);
    }
    return this.inlineQueue = [], this.tokens;
  }
  blockTokens(e, n = [], s = !1) {
    for (this.options.pedantic && (e = e.replace(bt.tabCharGlobal, "    ").replace(bt.spaceLine, "")); e; ) {
      let l;
      if (this.options.extensions?.block?.some((o) => (l = o.call({ lexer: this }, e, n)) ? (e = e.substring(l.raw.length), n.push(l), !0) : !1))
        continue;
      if (l = this.tokenizer.space(e)) {
        e = e.substring(l.raw.length);
        const o = n.at(-1);
        l.raw.length === 1 && o !== void 0 ? o.raw += `
` : n.push(l);
        continue;
      }
      if (l = this.tokenizer.code(e)) {
        e = e.substring(l.raw.length);
        const o = n.at(-1);
        o?.type === "paragraph" || o?.type === "text" ? (o.raw += `
` + l.raw, o.text += `
` + l.text, this.inlineQueue.at(-1).src = o.text) : n.push(l);
        continue;
      }
      if (l = this.tokenizer.fences(e)) {
        e = e.substring(l.raw.length), n.push(l);
        continue;
      }
      if (l = this.tokenizer.heading(e)) {
        e = e.substring(l.raw.length), n.push(l);
        continue;
      }
      if (l = this.tokenizer.hr(e)) {
        e = e.substring(l.raw.length), n.push(l);
        continue;
      }
      if (l = this.tokenizer.blockquote(e)) {
        e = e.substring(l.raw.length), n.push(l);
        continue;
      }
      if (l = this.tokenizer.list(e)) {
        e = e.substring(l.raw.length), n.push(l);
        continue;
      }
      if (l = this.tokenizer.html(e)) {
        e = e.substring(l.raw.length), n.push(l);
        continue;
      }
      if (l = this.tokenizer.def(e)) {
        e = e.substring(l.raw.length);
        const o = n.at(-1);
        o?.type === "paragraph" || o?.type === "text" ? (o.raw += `
` + l.raw, o.text += `
` + l.raw, this.inlineQueue.at(-1).src = o.text) : this.tokens.links[l.tag] || (this.tokens.links[l.tag] = {
          href: l.href,
          title: l.title
        });
        continue;
      }
      if (l = this.tokenizer.table(e)) {
        e = e.substring(l.raw.length), n.push(l);
        continue;
      }
      if (l = this.tokenizer.lheading(e)) {
        e = e.substring(l.raw.length), n.push(l);
        continue;
      }
      let i = e;
      if (this.options.extensions?.startBlock) {
        let o = 1 / 0;
        const c = e.slice(1);
        let h;
        this.options.extensions.startBlock.forEach((f) => {
          h = f.call({ lexer: this }, c), typeof h == "number" && h >= 0 && (o = Math.min(o, h));
        }), o < 1 / 0 && o >= 0 && (i = e.substring(0, o + 1));
      }
      if (this.state.top && (l = this.tokenizer.paragraph(i))) {
        const o = n.at(-1);
        s && o?.type === "paragraph" ? (o.raw += `
` + l.raw, o.text += `
` + l.text, this.inlineQueue.pop(), this.inlineQueue.at(-1).src = o.text) : n.push(l), s = i.length !== e.length, e = e.substring(l.raw.length);
        continue;
      }
      if (l = this.tokenizer.text(e)) {
        e = e.substring(l.raw.length);
        const o = n.at(-1);
        o?.type === "text" ? (o.raw += `
` + l.raw, o.text += `
` + l.text, this.inlineQueue.pop(), this.inlineQueue.at(-1).src = o.text) : n.push(l);
        continue;
      }
      if (e) {
        const o = "Infinite loop on byte: " + e.charCodeAt(0);
        if (this.options.silent) {
          console.error(o);
          break;
        } else
          throw new Error(o);
      }
    }
    return this.state.top = !0, n;
  }
  inline(e, n = []) {
    return this.inlineQueue.push({ src: e, tokens: n }), n;
  }
  /**
   * Lexing/Compiling
   */
  inlineTokens(e, n = []) {
    let s = e, l = null;
    if (this.tokens.links) {
      const c = Object.keys(this.tokens.links);
      if (c.length > 0)
        for (; (l = this.tokenizer.rules.inline.reflinkSearch.exec(s)) != null; )
          c.includes(l[0].slice(l[0].lastIndexOf("[") + 1, -1)) && (s = s.slice(0, l.index) + "[" + "a".repeat(l[0].length - 2) + "]" + s.slice(this.tokenizer.rules.inline.reflinkSearch.lastIndex));
    }
    for (; (l = this.tokenizer.rules.inline.anyPunctuation.exec(s)) != null; )
      s = s.slice(0, l.index) + "++" + s.slice(this.tokenizer.rules.inline.anyPunctuation.lastIndex);
    for (; (l = this.tokenizer.rules.inline.blockSkip.exec(s)) != null; )
      s = s.slice(0, l.index) + "[" + "a".repeat(l[0].length - 2) + "]" + s.slice(this.tokenizer.rules.inline.blockSkip.lastIndex);
    let i = !1, o = "";
    for (; e; ) {
      i || (o = ""), i = !1;
      let c;
      if (this.options.extensions?.inline?.some((f) => (c = f.call({ lexer: this }, e, n)) ? (e = e.substring(c.raw.length), n.push(c), !0) : !1))
        continue;
      if (c = this.tokenizer.escape(e)) {
        e = e.substring(c.raw.length), n.push(c);
        continue;
      }
      if (c = this.tokenizer.tag(e)) {
        e = e.substring(c.raw.length), n.push(c);
        continue;
      }
      if (c = this.tokenizer.link(e)) {
        e = e.substring(c.raw.length), n.push(c);
        continue;
      }
      if (c = this.tokenizer.reflink(e, this.tokens.links)) {
        e = e.substring(c.raw.length);
        const f = n.at(-1);
        c.type === "text" && f?.type === "text" ? (f.raw += c.raw, f.text += c.text) : n.push(c);
        continue;
      }
      if (c = this.tokenizer.emStrong(e, s, o)) {
        e = e.substring(c.raw.length), n.push(c);
        continue;
      }
      if (c = this.tokenizer.codespan(e)) {
        e = e.substring(c.raw.length), n.push(c);
        continue;
      }
      if (c = this.tokenizer.br(e)) {
        e = e.substring(c.raw.length), n.push(c);
        continue;
      }
      if (c = this.tokenizer.del(e)) {
        e = e.substring(c.raw.length), n.push(c);
        continue;
      }
      if (c = this.tokenizer.autolink(e)) {
        e = e.substring(c.raw.length), n.push(c);
        continue;
      }
      if (!this.state.inLink && (c = this.tokenizer.url(e))) {
        e = e.substring(c.raw.length), n.push(c);
        continue;
      }
      let h = e;
      if (this.options.extensions?.startInline) {
        let f = 1 / 0;
        const x = e.slice(1);
        let g;
        this.options.extensions.startInline.forEach((b) => {
          g = b.call({ lexer: this }, x), typeof g == "number" && g >= 0 && (f = Math.min(f, g));
        }), f < 1 / 0 && f >= 0 && (h = e.substring(0, f + 1));
      }
      if (c = this.tokenizer.inlineText(h)) {
        e = e.substring(c.raw.length), c.raw.slice(-1) !== "_" && (o = c.raw.slice(-1)), i = !0;
        const f = n.at(-1);
        f?.type === "text" ? (f.raw += c.raw, f.text += c.text) : n.push(c);
        continue;
      }
      if (e) {
        const f = "Infinite loop on byte: " + e.charCodeAt(0);
        if (this.options.silent) {
          console.error(f);
          break;
        } else
          throw new Error(f);
      }
    }
    return n;
  }
}, Cl = class {
  options;
  parser;
  // set by the parser
  constructor(t) {
    this.options = t || Jn;
  }
  space(t) {
    return "";
  }
  code({ text: t, lang: e, escaped: n }) {
    const s = (e || "").match(bt.notSpaceStart)?.[0], l = t.replace(bt.endingNewline, "") + `
`;
    return s ? '<pre><code class="language-' + un(s) + '">' + (n ? l : un(l, !0)) + `</code></pre>
` : "<pre><code>" + (n ? l : un(l, !0)) + `</code></pre>
`;
  }
  blockquote({ tokens: t }) {
    return `<blockquote>
${this.parser.parse(t)}</blockquote>
`;
  }
  html({ text: t }) {
    return t;
  }
  heading({ tokens: t, depth: e }) {
    return `<h${e}>${this.parser.parseInline(t)}</h${e}>
`;
  }
  hr(t) {
    return `<hr>
`;
  }
  list(t) {
    const e = t.ordered, n = t.start;
    let s = "";
    for (let o = 0; o < t.items.length; o++) {
      const c = t.items[o];
      s += this.listitem(c);
    }
    const l = e ? "ol" : "ul", i = e && n !== 1 ? ' start="' + n + '"' : "";
    return "<" + l + i + `>
` + s + "</" + l + `>
`;
  }
  listitem(t) {
    let e = "";
    if (t.task) {
      const n = this.checkbox({ checked: !!t.checked });
      t.loose ? t.tokens[0]?.type === "paragraph" ? (t.tokens[0].text = n + " " + t.tokens[0].text, t.tokens[0].tokens && t.tokens[0].tokens.length > 0 && t.tokens[0].tokens[0].type === "text" && (t.tokens[0].tokens[0].text = n + " " + un(t.tokens[0].tokens[0].text), t.tokens[0].tokens[0].escaped = !0)) : t.tokens.unshift({
        type: "text",
        raw: n + " ",
        text: n + " ",
        escaped: !0
      }) : e += n + " ";
    }
    return e += this.parser.parse(t.tokens, !!t.loose), `<li>${e}</li>
`;
  }
  checkbox({ checked: t }) {
    return "<input " + (t ? 'checked="" ' : "") + 'disabled="" type="checkbox">';
  }
  paragraph({ tokens: t }) {
    return `<p>${this.parser.parseInline(t)}</p>
`;
  }
  table(t) {
    let e = "", n = "";
    for (let l = 0; l < t.header.length; l++)
      n += this.tablecell(t.header[l]);
    e += this.tablerow({ text: n });
    let s = "";
    for (let l = 0; l < t.rows.length; l++) {
      const i = t.rows[l];
      n = "";
      for (let o = 0; o < i.length; o++)
        n += this.tablecell(i[o]);
      s += this.tablerow({ text: n });
    }
    return s && (s = `<tbody>${s}</tbody>`), `<table>
<thead>
` + e + `</thead>
` + s + `</table>
`;
  }
  tablerow({ text: t }) {
    return `<tr>
${t}</tr>
`;
  }
  tablecell(t) {
    const e = this.parser.parseInline(t.tokens), n = t.header ? "th" : "td";
    return (t.align ? `<${n} align="${t.align}">` : `<${n}>`) + e + `</${n}>
`;
  }
  /**
   * span level renderer
   */
  strong({ tokens: t }) {
    return `<strong>${this.parser.parseInline(t)}</strong>`;
  }
  em({ tokens: t }) {
    return `<em>${this.parser.parseInline(t)}</em>`;
  }
  codespan({ text: t }) {
    return `<code>${un(t, !0)}</code>`;
  }
  br(t) {
    return "<br>";
  }
  del({ tokens: t }) {
    return `<del>${this.parser.parseInline(t)}</del>`;
  }
  link({ href: t, title: e, tokens: n }) {
    const s = this.parser.parseInline(n), l = Xo(t);
    if (l === null)
      return s;
    t = l;
    let i = '<a href="' + t + '"';
    return e && (i += ' title="' + un(e) + '"'), i += ">" + s + "</a>", i;
  }
  image({ href: t, title: e, text: n, tokens: s }) {
    s && (n = this.parser.parseInline(s, this.parser.textRenderer));
    const l = Xo(t);
    if (l === null)
      return un(n);
    t = l;
    let i = `<img src="${t}" alt="${n}"`;
    return e && (i += ` title="${un(e)}"`), i += ">", i;
  }
  text(t) {
    return "tokens" in t && t.tokens ? this.parser.parseInline(t.tokens) : "escaped" in t && t.escaped ? t.text : un(t.text);
  }
}, dr = class {
  // no need for block level renderers
  strong({ text: t }) {
    return t;
  }
  em({ text: t }) {
    return t;
  }
  codespan({ text: t }) {
    return t;
  }
  del({ text: t }) {
    return t;
  }
  html({ text: t }) {
    return t;
  }
  text({ text: t }) {
    return t;
  }
  link({ text: t }) {
    return "" + t;
  }
  image({ text: t }) {
    return "" + t;
  }
  br() {
    return "";
  }
}, yn = class Hi {
  options;
  renderer;
  textRenderer;
  constructor(e) {
    this.options = e || Jn, this.options.renderer = this.options.renderer || new Cl(), this.renderer = this.options.renderer, this.renderer.options = this.options, this.renderer.parser = this, this.textRenderer = new dr();
  }
  /**
   * Static Parse Method
   */
  static parse(e, n) {
    return new Hi(n).parse(e);
  }
  /**
   * Static Parse Inline Method
   */
  static parseInline(e, n) {
    return new Hi(n).parseInline(e);
  }
  /**
   * Parse Loop
   */
  parse(e, n = !0) {
    let s = "";
    for (let l = 0; l < e.length; l++) {
      const i = e[l];
      if (this.options.extensions?.renderers?.[i.type]) {
        const c = i, h = this.options.extensions.renderers[c.type].call({ parser: this }, c);
        if (h !== !1 || !["space", "hr", "heading", "code", "table", "blockquote", "list", "html", "paragraph", "text"].includes(c.type)) {
          s += h || "";
          continue;
        }
      }
      const o = i;
      switch (o.type) {
        case "space": {
          s += this.renderer.space(o);
          continue;
        }
        case "hr": {
          s += this.renderer.hr(o);
          continue;
        }
        case "heading": {
          s += this.renderer.heading(o);
          continue;
        }
        case "code": {
          s += this.renderer.code(o);
          continue;
        }
        case "table": {
          s += this.renderer.table(o);
          continue;
        }
        case "blockquote": {
          s += this.renderer.blockquote(o);
          continue;
        }
        case "list": {
          s += this.renderer.list(o);
          continue;
        }
        case "html": {
          s += this.renderer.html(o);
          continue;
        }
        case "paragraph": {
          s += this.renderer.paragraph(o);
          continue;
        }
        case "text": {
          let c = o, h = this.renderer.text(c);
          for (; l + 1 < e.length && e[l + 1].type === "text"; )
            c = e[++l], h += `
` + this.renderer.text(c);
          n ? s += this.renderer.paragraph({
            type: "paragraph",
            raw: h,
            text: h,
            tokens: [{ type: "text", raw: h, text: h, escaped: !0 }]
          }) : s += h;
          continue;
        }
        default: {
          const c = 'Token with "' + o.type + '" type was not found.';
          if (this.options.silent)
            return console.error(c), "";
          throw new Error(c);
        }
      }
    }
    return s;
  }
  /**
   * Parse Inline Tokens
   */
  parseInline(e, n = this.renderer) {
    let s = "";
    for (let l = 0; l < e.length; l++) {
      const i = e[l];
      if (this.options.extensions?.renderers?.[i.type]) {
        const c = this.options.extensions.renderers[i.type].call({ parser: this }, i);
        if (c !== !1 || !["escape", "html", "link", "image", "strong", "em", "codespan", "br", "del", "text"].includes(i.type)) {
          s += c || "";
          continue;
        }
      }
      const o = i;
      switch (o.type) {
        case "escape": {
          s += n.text(o);
          break;
        }
        case "html": {
          s += n.html(o);
          break;
        }
        case "link": {
          s += n.link(o);
          break;
        }
        case "image": {
          s += n.image(o);
          break;
        }
        case "strong": {
          s += n.strong(o);
          break;
        }
        case "em": {
          s += n.em(o);
          break;
        }
        case "codespan": {
          s += n.codespan(o);
          break;
        }
        case "br": {
          s += n.br(o);
          break;
        }
        case "del": {
          s += n.del(o);
          break;
        }
        case "text": {
          s += n.text(o);
          break;
        }
        default: {
          const c = 'Token with "' + o.type + '" type was not found.';
          if (this.options.silent)
            return console.error(c), "";
          throw new Error(c);
        }
      }
    }
    return s;
  }
}, yl = class {
  options;
  block;
  constructor(t) {
    this.options = t || Jn;
  }
  static passThroughHooks = /* @__PURE__ */ new Set([
    "preprocess",
    "postprocess",
    "processAllTokens"
  ]);
  /**
   * Process markdown before marked
   */
  preprocess(t) {
    return t;
  }
  /**
   * Process HTML after marked is finished
   */
  postprocess(t) {
    return t;
  }
  /**
   * Process all tokens before walk tokens
   */
  processAllTokens(t) {
    return t;
  }
  /**
   * Provide function to tokenize markdown
   */
  provideLexer() {
    return this.block ? kn.lex : kn.lexInline;
  }
  /**
   * Provide function to parse tokens
   */
  provideParser() {
    return this.block ? yn.parse : yn.parseInline;
  }
}, vp = class {
  defaults = rr();
  options = this.setOptions;
  parse = this.parseMarkdown(!0);
  parseInline = this.parseMarkdown(!1);
  Parser = yn;
  Renderer = Cl;
  TextRenderer = dr;
  Lexer = kn;
  Tokenizer = Rl;
  Hooks = yl;
  constructor(...t) {
    this.use(...t);
  }
  /**
   * Run callback for every token
   */
  walkTokens(t, e) {
    let n = [];
    for (const s of t)
      switch (n = n.concat(e.call(this, s)), s.type) {
        case "table": {
          const l = s;
          for (const i of l.header)
            n = n.concat(this.walkTokens(i.tokens, e));
          for (const i of l.rows)
            for (const o of i)
              n = n.concat(this.walkTokens(o.tokens, e));
          break;
        }
        case "list": {
          const l = s;
          n = n.concat(this.walkTokens(l.items, e));
          break;
        }
        default: {
          const l = s;
          this.defaults.extensions?.childTokens?.[l.type] ? this.defaults.extensions.childTokens[l.type].forEach((i) => {
            const o = l[i].flat(1 / 0);
            n = n.concat(this.walkTokens(o, e));
          }) : l.tokens && (n = n.concat(this.walkTokens(l.tokens, e)));
        }
      }
    return n;
  }
  use(...t) {
    const e = this.defaults.extensions || { renderers: {}, childTokens: {} };
    return t.forEach((n) => {
      const s = { ...n };
      if (s.async = this.defaults.async || s.async || !1, n.extensions && (n.extensions.forEach((l) => {
        if (!l.name)
          throw new Error("extension name required");
        if ("renderer" in l) {
          const i = e.renderers[l.name];
          i ? e.renderers[l.name] = function(...o) {
            let c = l.renderer.apply(this, o);
            return c === !1 && (c = i.apply(this, o)), c;
          } : e.renderers[l.name] = l.renderer;
        }
        if ("tokenizer" in l) {
          if (!l.level || l.level !== "block" && l.level !== "inline")
            throw new Error("extension level must be 'block' or 'inline'");
          const i = e[l.level];
          i ? i.unshift(l.tokenizer) : e[l.level] = [l.tokenizer], l.start && (l.level === "block" ? e.startBlock ? e.startBlock.push(l.start) : e.startBlock = [l.start] : l.level === "inline" && (e.startInline ? e.startInline.push(l.start) : e.startInline = [l.start]));
        }
        "childTokens" in l && l.childTokens && (e.childTokens[l.name] = l.childTokens);
      }), s.extensions = e), n.renderer) {
        const l = this.defaults.renderer || new Cl(this.defaults);
        for (const i in n.renderer) {
          if (!(i in l))
            throw new Error(`renderer '${i}' does not exist`);
          if (["options", "parser"].includes(i))
            continue;
          const o = i, c = n.renderer[o], h = l[o];
          l[o] = (...f) => {
            let x = c.apply(l, f);
            return x === !1 && (x = h.apply(l, f)), x || "";
          };
        }
        s.renderer = l;
      }
      if (n.tokenizer) {
        const l = this.defaults.tokenizer || new Rl(this.defaults);
        for (const i in n.tokenizer) {
          if (!(i in l))
            throw new Error(`tokenizer '${i}' does not exist`);
          if (["options", "rules", "lexer"].includes(i))
            continue;
          const o = i, c = n.tokenizer[o], h = l[o];
          l[o] = (...f) => {
            let x = c.apply(l, f);
            return x === !1 && (x = h.apply(l, f)), x;
          };
        }
        s.tokenizer = l;
      }
      if (n.hooks) {
        const l = this.defaults.hooks || new yl();
        for (const i in n.hooks) {
          if (!(i in l))
            throw new Error(`hook '${i}' does not exist`);
          if (["options", "block"].includes(i))
            continue;
          const o = i, c = n.hooks[o], h = l[o];
          yl.passThroughHooks.has(i) ? l[o] = (f) => {
            if (this.defaults.async)
              return Promise.resolve(c.call(l, f)).then((g) => h.call(l, g));
            const x = c.call(l, f);
            return h.call(l, x);
          } : l[o] = (...f) => {
            let x = c.apply(l, f);
            return x === !1 && (x = h.apply(l, f)), x;
          };
        }
        s.hooks = l;
      }
      if (n.walkTokens) {
        const l = this.defaults.walkTokens, i = n.walkTokens;
        s.walkTokens = function(o) {
          let c = [];
          return c.push(i.call(this, o)), l && (c = c.concat(l.call(this, o))), c;
        };
      }
      this.defaults = { ...this.defaults, ...s };
    }), this;
  }
  setOptions(t) {
    return this.defaults = { ...this.defaults, ...t }, this;
  }
  lexer(t, e) {
    return kn.lex(t, e ?? this.defaults);
  }
  parser(t, e) {
    return yn.parse(t, e ?? this.defaults);
  }
  parseMarkdown(t) {
    return (n, s) => {
      const l = { ...s }, i = { ...this.defaults, ...l }, o = this.onError(!!i.silent, !!i.async);
      if (this.defaults.async === !0 && l.async === !1)
        return o(new Error("marked(): The async option was set to true by an extension. Remove async: false from the parse options object to return a Promise."));
      if (typeof n > "u" || n === null)
        return o(new Error("marked(): input parameter is undefined or null"));
      if (typeof n != "string")
        return o(new Error("marked(): input parameter is of type " + Object.prototype.toString.call(n) + ", string expected"));
      i.hooks && (i.hooks.options = i, i.hooks.block = t);
      const c = i.hooks ? i.hooks.provideLexer() : t ? kn.lex : kn.lexInline, h = i.hooks ? i.hooks.provideParser() : t ? yn.parse : yn.parseInline;
      if (i.async)
        return Promise.resolve(i.hooks ? i.hooks.preprocess(n) : n).then((f) => c(f, i)).then((f) => i.hooks ? i.hooks.processAllTokens(f) : f).then((f) => i.walkTokens ? Promise.all(this.walkTokens(f, i.walkTokens)).then(() => f) : f).then((f) => h(f, i)).then((f) => i.hooks ? i.hooks.postprocess(f) : f).catch(o);
      try {
        i.hooks && (n = i.hooks.preprocess(n));
        let f = c(n, i);
        i.hooks && (f = i.hooks.processAllTokens(f)), i.walkTokens && this.walkTokens(f, i.walkTokens);
        let x = h(f, i);
        return i.hooks && (x = i.hooks.postprocess(x)), x;
      } catch (f) {
        return o(f);
      }
    };
  }
  onError(t, e) {
    return (n) => {
      if (n.message += `
Please report this to https://github.com/markedjs/marked.`, t) {
        const s = "<p>An error occurred:</p><pre>" + un(n.message + "", !0) + "</pre>";
        return e ? Promise.resolve(s) : s;
      }
      if (e)
        return Promise.reject(n);
      throw n;
    };
  }
}, Kn = new vp();
function ke(t, e) {
  return Kn.parse(t, e);
}
ke.options = ke.setOptions = function(t) {
  return Kn.setOptions(t), ke.defaults = Kn.defaults, sc(ke.defaults), ke;
};
ke.getDefaults = rr;
ke.defaults = Jn;
ke.use = function(...t) {
  return Kn.use(...t), ke.defaults = Kn.defaults, sc(ke.defaults), ke;
};
ke.walkTokens = function(t, e) {
  return Kn.walkTokens(t, e);
};
ke.parseInline = Kn.parseInline;
ke.Parser = yn;
ke.parser = yn.parse;
ke.Renderer = Cl;
ke.TextRenderer = dr;
ke.Lexer = kn;
ke.lexer = kn.lex;
ke.Tokenizer = Rl;
ke.Hooks = yl;
ke.parse = ke;
ke.options;
ke.setOptions;
ke.use;
ke.walkTokens;
ke.parseInline;
yn.parse;
kn.lex;
function Sp(t) {
  const e = ke.parse(t, { async: !1 });
  return Ff.sanitize(e, {
    RETURN_DOM_FRAGMENT: !0,
    USE_PROFILES: { html: !0 },
    FORBID_TAGS: ["style", "form", "input", "button", "img", "video", "audio", "iframe"],
    FORBID_ATTR: ["style", "id", "name", "class"]
  });
}
const Tp = 4, vl = 60;
class Ap extends In {
  static {
    this.properties = {
      run: { attribute: !1 },
      full: { attribute: !1 },
      group: { attribute: !1 },
      members: { attribute: !1 },
      samples: { attribute: !1 },
      explain: { attribute: !1 },
      log: { type: Boolean },
      dark: { type: Boolean },
      all: { type: Boolean },
      rules: { state: !0 },
      every: { state: !0 }
    };
  }
  static {
    this.styles = [
      Bl,
      ys`
      :host { display: block; padding: 16px 20px; }
      header { display: flex; gap: 10px; align-items: center; flex-wrap: wrap; margin-bottom: 12px; }
      h2 { font-size: 18px; overflow-wrap: anywhere; }
      h3 { font-size: 15px; margin: 20px 0 8px; }
      .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 16px; }
      .card, .charts > * { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 12px; min-width: 0; }
      .card { border-left: 4px solid var(--tone); margin-bottom: 12px; break-inside: avoid; }
      .head { display: flex; gap: 8px; flex-wrap: wrap; align-items: baseline; }
      .head h4 { font-size: 15px; }
      p, li, td { overflow-wrap: anywhere; }
      table { border-collapse: collapse; margin: 8px 0; font-size: 13px; }
      th, td { text-align: left; padding: 3px 16px 3px 0; border-bottom: 1px solid var(--line); }
      td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      ol, ul { padding-left: 22px; margin: 4px 0; }
      .label { font-size: 12px; font-weight: 600; color: var(--dim); margin-top: 8px; }
      details { margin-top: 8px; }
      summary { cursor: pointer; color: var(--accent); }
      @media print { .charts > * { break-inside: avoid; } button { display: none; } }
    `
    ];
  }
  constructor() {
    super(), this.members = [], this.samples = /* @__PURE__ */ new Map(), this.explain = () => Promise.resolve(void 0), this.log = !1, this.dark = !1, this.all = !1, this.rules = /* @__PURE__ */ new Map(), this.every = !1;
  }
  render() {
    return this.group ? this.#r(this.group) : this.run ? this.#e(this.run) : ue;
  }
  #e(e) {
    const n = this.full, s = n?.best_checkpoint;
    return te`<header>
        <h2>${Ue(e.name)}</h2><span class="pill ${e.verdict}">${e.verdict}</span>
        ${s ? te`<span class="dim">best checkpoint: step ${s.step}, ${gs(s.value)}${s.is_last ? " (the last)" : ""}</span>` : ue}
        <button aria-pressed=${this.log} @click=${this.#o}>${this.log ? "Logarithmic" : "Linear"} axis</button>
      </header>
      ${this.#l(e)}
      ${n ? this.#t(n) : ue}`;
  }
  #t(e) {
    return te`<h3>Findings</h3>
      ${e.findings.length === 0 ? te`<p class="dim">${e.verdict === "pending" ? "The diagnosis is being made\u2026" : e.verdict === "undiagnosable" ? "Nothing here could be judged." : "Nothing to report: these curves look as they should."}</p>` : e.findings.map((n) => this.#s(n))}
      ${e.not_assessable.length === 0 ? ue : te`<details ?open=${this.all}>
        <summary>Not assessable: ${e.not_assessable.length} rules</summary>
        <table><thead><tr><th>rule</th><th>not assessable because</th></tr></thead>
        <tbody>${e.not_assessable.map((n) => te`<tr><td>${n.id}</td><td>${Ue(n.reason)}</td></tr>`)}</tbody></table>
      </details>`}
      ${e.suppressed.length === 0 ? ue : te`<details><summary>Suppressed: ${e.suppressed.length}</summary>
        <ul>${e.suppressed.map((n) => te`<li>${n.id}: ${Ue(n.summary)}</li>`)}</ul></details>`}`;
  }
  #l(e) {
    const n = this.samples.get(e.name);
    if (!n) return te`<p class="dim">Reading curves…</p>`;
    const s = na(this.full?.findings ?? []), l = gf(n), i = this.every ? l : l.slice(0, Tp);
    return te`<div class="charts">${i.map((o) => {
      const c = o.series.map((h) => ({ ...h, split: h.role.split }));
      return te`<telltale-chart .heading=${o.title} .lines=${c} .bands=${o.foreign ? [] : s} .best=${o.foreign ? void 0 : this.full?.best_checkpoint?.step}
        .log=${this.log} .dark=${this.dark}></telltale-chart>`;
    })}</div>
    ${l.length > i.length ? te`<p><button @click=${() => {
      this.every = !0;
    }}>Show all ${l.length} charts</button></p>` : ue}`;
  }
  #r(e) {
    const n = [];
    for (const s of this.members.slice(0, vl)) {
      const l = (this.samples.get(s.name) ?? []).filter((o) => o.role.quantity === "loss"), i = l.find((o) => o.role.split === "validation") ?? l.find((o) => o.role.split === "train");
      i && n.push({ ...i, split: i.role.split });
    }
    return te`<header><h2>${Ue(e.name)}</h2><span class="pill info">${e.kind}</span>
        <span class="dim">${e.training_runs.length} training runs${e.differing.length > 0 ? `; differing: ${e.differing.map(Ue).join(", ")}` : ""}</span>
        <button aria-pressed=${this.log} @click=${this.#o}>${this.log ? "Logarithmic" : "Linear"} axis</button></header>
      <div class="charts"><telltale-chart heading="loss" .lines=${n} .bands=${na(e.findings)} .log=${this.log} .dark=${this.dark}></telltale-chart></div>
      ${this.members.length > vl ? te`<p class="dim">The curves of ${vl} of them are drawn.</p>` : ue}
      <h3>Findings of the group</h3>
      ${e.findings.length === 0 ? te`<p class="dim">These training runs agree.</p>` : e.findings.map((s) => this.#s(s))}
      <h3>Training runs</h3>
      <ul>${this.members.map((s) => te`<li><button @click=${() => this.dispatchEvent(new CustomEvent("choose", { detail: s.name }))}>${Ue(s.name)}</button>
        <span class="pill ${s.verdict}">${s.verdict}</span></li>`)}</ul>`;
  }
  #s(e) {
    const n = this.rules.get(e.id), s = e.ruled_out.length + e.alternatives.length > 0;
    return te`<section class="card ${e.severity}" aria-label="${e.severity}: ${e.id}">
      <div class="head"><h4>${e.id}</h4><span class="pill">${e.severity}</span>
        <span class="dim">${uf(e)}</span>
        <span class="dim">confidence ${Math.round(Fl(e.confidence) * 100)} %</span></div>
      <p>${Ue(e.summary)}</p>
      ${e.evidence.length === 0 ? ue : te`<table><thead><tr><th>evidence</th><th>value</th><th>series</th></tr></thead><tbody>
        ${e.evidence.map((l) => te`<tr><td>${cf(l.name)}</td><td class="n">${af(l)}</td><td class="mono">${Ue(l.series)}</td></tr>`)}
      </tbody></table>`}
      ${e.remedies.length === 0 ? ue : te`<div class="label">What to try, likeliest first</div><ol>${e.remedies.map((l) => te`<li>${Ue(l)}</li>`)}</ol>`}
      ${s ? te`<div class="label">What else it could be</div><ul>
        ${e.alternatives.map((l) => te`<li>${Ue(l)}</li>`)}${e.ruled_out.map((l) => te`<li class="dim">ruled out: ${Ue(l)}</li>`)}</ul>` : ue}
      <details @toggle=${(l) => {
      this.#i(l, e.id);
    }}><summary>About this rule</summary>${n ? Sp(n.doc) : ue}</details>
    </section>`;
  }
  async #i(e, n) {
    if (!e.target.open || this.rules.has(n)) return;
    const s = await this.explain(n);
    s && (this.rules = new Map(this.rules).set(n, s));
  }
  #o = () => {
    this.dispatchEvent(new CustomEvent("axis", { detail: !this.log }));
  };
}
function na(t) {
  return t.flatMap((e) => e.severity === "info" || e.first_step === null || e.last_step === null ? [] : [{ first: e.first_step, last: e.last_step, severity: e.severity, label: e.id }]);
}
customElements.define("telltale-detail", Ap);
const xn = 52, sa = 6;
class dc extends In {
  static {
    this.properties = { runs: { attribute: !1 }, chosen: {}, from: { state: !0 }, room: { state: !0 } };
  }
  #e = new ResizeObserver(() => {
    this.room = this.clientHeight;
  });
  static {
    this.styles = [
      Bl,
      ys`
      :host { display: block; overflow-y: auto; height: 100%; }
      .all { position: relative; }
      .row { position: absolute; left: 0; right: 0; height: ${xn}px; padding: 6px 12px; border-bottom: 1px solid var(--line); cursor: pointer; border-left: 4px solid var(--tone); }
      .row:hover { background: color-mix(in srgb, var(--chosen) 50%, transparent); }
      .row[aria-selected="true"] { background: var(--chosen); }
      .name, .ids { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .name { font-weight: 600; }
      .ids { font-size: 12px; color: var(--dim); }
      .ids b { color: var(--tone); font-weight: 600; }
      .none { padding: 24px; text-align: center; color: var(--dim); }
    `
    ];
  }
  constructor() {
    super(), this.runs = [], this.chosen = "", this.from = 0, this.room = 600, this.addEventListener("scroll", () => {
      this.from = Math.floor(this.scrollTop / xn);
    }, { passive: !0 });
  }
  connectedCallback() {
    super.connectedCallback(), this.tabIndex = 0, this.setAttribute("role", "listbox"), this.setAttribute("aria-label", "Training runs, worst first"), this.#e.observe(this);
  }
  disconnectedCallback() {
    super.disconnectedCallback(), this.#e.disconnect();
  }
  /** Scrolls so that the row is in sight. */
  reveal(e) {
    const n = this.runs.findIndex((s) => s.name === e);
    n < 0 || (n * xn < this.scrollTop ? this.scrollTop = n * xn : (n + 1) * xn > this.scrollTop + this.clientHeight && (this.scrollTop = (n + 1) * xn - this.clientHeight));
  }
  render() {
    if (this.runs.length === 0) return te`<div class="none">No training run matches.</div>`;
    const e = Math.max(0, this.from - sa), n = Math.min(this.runs.length, this.from + Math.ceil(this.room / xn) + sa);
    return te`<div class="all" role="presentation" style="height:${this.runs.length * xn}px">
      ${this.runs.slice(e, n).map((s, l) => this.#t(s, e + l))}
    </div>`;
  }
  #t(e, n) {
    const s = e.findings.filter((l) => l.severity !== "info").map((l) => l.id);
    return te`<div class="row ${e.verdict}" role="option" id="row-${n}" style="top:${n * xn}px"
      aria-selected=${e.name === this.chosen} aria-setsize=${this.runs.length} aria-posinset=${n + 1}
      title=${Ue(e.name)}
      @click=${() => this.dispatchEvent(new CustomEvent("choose", { detail: e.name }))}>
      <div class="name">${Ue(e.name)}</div>
      <div class="ids"><b>${e.verdict}</b>${s.length > 0 ? ` \xB7 ${s.join(", ")}` : ""}</div>
    </div>`;
  }
}
customElements.define("telltale-list", dc);
const Ep = { text: "", severity: "", rule: "", run: "", group: "", log: !1 };
function gc(t) {
  const e = {};
  for (const n of ["run", "group", "text", "severity", "rule"])
    t[n] !== "" && (e[n] = t[n]);
  return t.log && (e.axis = "log"), e;
}
function mc(t) {
  const e = t.severity ?? "";
  return {
    text: t.text ?? "",
    severity: ["error", "warning", "info"].includes(e) ? e : "",
    rule: t.rule ?? "",
    run: t.run ?? "",
    group: t.group ?? "",
    log: t.axis === "log"
  };
}
const $p = 2e3, Rp = 100;
class bc extends In {
  static {
    this.properties = {
      status: { state: !0 },
      overview: { state: !0 },
      view: { state: !0 },
      full: { state: !0 },
      samples: { state: !0 },
      note: { state: !0 },
      dark: { type: Boolean, reflect: !0 },
      paper: { type: Boolean, reflect: !0 }
    };
  }
  #e = [];
  #t = 0;
  static {
    this.styles = [
      bf,
      Bl,
      ys`
      :host { display: block; height: 100vh; background: var(--page); }
      .page { display: grid; grid-template-columns: minmax(260px, 340px) 1fr; height: 100%; }
      nav { display: flex; flex-direction: column; min-height: 0; border-right: 1px solid var(--line); background: var(--raised); }
      .filter { padding: 12px; display: grid; gap: 8px; border-bottom: 1px solid var(--line); }
      .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
      .filter input, .filter select { width: 100%; min-width: 0; }
      .counts { font-size: 12px; }
      .list { flex: 1; min-height: 0; }
      .groups { border-top: 1px solid var(--line); padding: 8px 12px; max-height: 25%; overflow: auto; }
      .groups button { margin: 2px; max-width: 100%; overflow: hidden; text-overflow: ellipsis; }
      main { overflow: auto; min-width: 0; }
      .note { padding: 32px; max-width: 60ch; }
      .note code { display: block; padding: 8px; margin: 8px 0; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; }
      .problems { padding: 0 20px 20px; }
      @media (max-width: 700px) { .page { grid-template-columns: 1fr; grid-template-rows: 40% 60%; } }
      @media print { :host { height: auto; } .page { display: block; } nav { display: none; } main { overflow: visible; } }
    `
    ];
  }
  constructor() {
    super(), this.view = Ep, this.full = /* @__PURE__ */ new Map(), this.samples = /* @__PURE__ */ new Map(), this.note = "", this.dark = !1, this.paper = !1;
  }
  connectedCallback() {
    super.connectedCallback();
    const e = matchMedia("(prefers-color-scheme: dark)"), n = () => {
      this.dark = this.host.dark() ?? e.matches;
    };
    n(), e.addEventListener("change", n), document.addEventListener("keydown", this.#p), window.addEventListener("beforeprint", () => {
      this.dark = !1, this.source.live || this.#f();
    }), window.addEventListener("afterprint", () => {
      this.paper = !1, n();
    }), window.addEventListener("hashchange", () => {
      this.host.view().then((s) => {
        this.#n(s);
      });
    }), this.#l(n);
  }
  async #l(e) {
    for (this.view = await this.host.view(); ; ) {
      if (await this.#r(), !this.source.live) return;
      await new Promise((n) => setTimeout(n, this.status?.state === "reading" ? Rp : $p)), e();
    }
  }
  async #r() {
    try {
      const e = await this.source.status(this.#t);
      e.version !== this.#t && e.version > 0 && (this.overview = await this.source.overview(), this.status = e, this.#e = ff(this.overview.training_runs), this.#t = e.version, await this.#o(!0)), this.status = e;
    } catch (e) {
      this.status = { state: "failed", message: String(e), version: this.#t };
    }
  }
  #s() {
    return this.overview?.groups.find((e) => e.name === this.view.group);
  }
  /** The names of those whose curves are to be seen. */
  #i() {
    const e = this.#s();
    return (e ? this.#u(e).slice(0, vl) : [this.#c()]).flatMap((s) => s ? [s.name] : []);
  }
  /** Reads what is selected; what is there already stays until then. */
  async #o(e) {
    const n = /* @__PURE__ */ new Map(), s = /* @__PURE__ */ new Map(), l = this.#s() === void 0;
    for (const c of this.#i()) {
      const [h, f] = await Promise.all([
        l && (e || !this.full.has(c)) ? this.source.trainingRun(c) : void 0,
        e || !this.samples.has(c) ? this.source.series(c) : void 0
      ]);
      h && n.set(c, h), f && s.set(c, f);
    }
    const i = new Set(this.#i()), o = (c, h) => new Map([...c, ...h].filter(([f]) => i.has(f)));
    this.full = o(this.full, n), this.samples = o(this.samples, s);
  }
  /** Worst first. */
  #u(e) {
    const n = new Set(e.training_runs);
    return this.#e.filter((s) => n.has(s.name));
  }
  #a() {
    return this.#e.filter((e) => pf(e, this.view));
  }
  #c() {
    return this.#e.find((e) => e.name === this.view.run) ?? this.#a()[0];
  }
  #n(e) {
    this.view = { ...this.view, ...e }, this.host.setView(this.view), this.#o(!1);
  }
  async #f() {
    this.paper = !0;
    for (const { name: e } of this.#a()) {
      const n = await this.source.trainingRun(e);
      n && this.full.set(e, n), this.samples.set(e, await this.source.series(e));
    }
    this.full = new Map(this.full), this.samples = new Map(this.samples);
  }
  #p = (e) => {
    const n = this.renderRoot.querySelector("input"), s = e.composedPath()[0], l = s instanceof HTMLInputElement || s instanceof HTMLSelectElement;
    if (e.key === "/" && !l)
      n?.focus();
    else if (e.key === "Escape")
      this.#n({ text: "", severity: "", rule: "", group: "" }), n?.blur();
    else if ((e.key === "ArrowDown" || e.key === "ArrowUp") && !(s instanceof HTMLSelectElement)) {
      const i = this.#a(), o = i.findIndex((f) => f.name === this.#c()?.name), c = i[Math.min(Math.max(o + (e.key === "ArrowDown" ? 1 : -1), 0), i.length - 1)];
      if (!c) return;
      this.#n({ run: c.name, group: "" });
      const h = this.renderRoot.querySelector("telltale-list");
      h instanceof dc && h.reveal(c.name);
    } else return;
    e.preventDefault();
  };
  render() {
    if (this.status?.state === "not-installed" || this.status?.state === "failed" && !this.overview) return this.#b(this.status);
    if (!this.overview) return te`<div class="note" role="status">Reading and diagnosing the training runs…</div>`;
    const e = this.#a();
    return te`<div class="page"><nav aria-label="Training runs">${this.#d(e.length)}
        <telltale-list class="list" .runs=${e} .chosen=${this.view.group === "" ? this.#c()?.name ?? "" : ""}
          @choose=${(n) => {
      this.#n({ run: n.detail, group: "" });
    }}></telltale-list>
        ${this.#g()}</nav>
      <main>${this.paper ? e.map((n) => this.#h(n)) : this.#h(this.#c())}${this.#m()}</main></div>`;
  }
  #d(e) {
    const n = df(this.#e), s = (l) => (i) => {
      this.#n({ [l]: i.target.value });
    };
    return te`<div class="filter">
      <input type="search" aria-label="Filter by text" placeholder="Filter…   ( / )" .value=${this.view.text}
        @input=${(l) => {
      this.#n({ text: l.target.value });
    }}>
      <div class="pair">
        <select aria-label="Filter by severity" @change=${s("severity")}>
          ${["", "error", "warning", "info"].map((l) => te`<option value=${l} ?selected=${l === this.view.severity}>${l === "" ? "any severity" : l === "error" ? "errors" : `${l} or worse`}</option>`)}
        </select>
        <select aria-label="Filter by rule" @change=${s("rule")}>
          <option value="" ?selected=${this.view.rule === ""}>any finding</option>
          ${n.map(([l, i]) => te`<option value=${l} ?selected=${l === this.view.rule}>${l} (${i})</option>`)}
        </select>
      </div>
      <div class="counts dim" role="status">${e} of ${this.#e.length} training runs${this.status?.state === "reading" ? " \xB7 reading\u2026" : ""}${this.status?.state === "failed" ? te` · <span class="error" title=${this.status.message}>not current</span>` : ue}
        ${this.status?.token === void 0 ? ue : te`<button @click=${this.#w}>Annotate</button>`} ${this.note}</div>
    </div>`;
  }
  #g() {
    const e = this.overview?.groups ?? [];
    return e.length === 0 ? ue : te`<div class="groups"><div class="dim">Groups</div>${e.map((n) => te`<button aria-pressed=${n.name === this.view.group}
      title=${Ue(n.name)} @click=${() => {
      this.#n({ group: n.name });
    }}>${Ue(n.name)} (${n.training_runs.length})</button>`)}</div>`;
  }
  #h(e) {
    const n = this.paper ? void 0 : this.#s(), s = n ? this.#u(n) : [];
    return te`<telltale-detail .run=${e} .full=${e && this.full.get(e.name)} .group=${n} .members=${s} .samples=${this.samples} .all=${this.paper}
      .log=${this.view.log} .dark=${this.dark} .explain=${(l) => this.source.rule(l)}
      @axis=${(l) => {
      this.#n({ log: l.detail });
    }}
      @choose=${(l) => {
      this.#n({ run: l.detail, group: "" });
    }}></telltale-detail>`;
  }
  #m() {
    const e = this.overview?.problems ?? [];
    return e.length === 0 ? ue : te`<details class="problems"><summary>${e.length} problems in files</summary>
      <ul>${e.slice(0, 100).map((n) => te`<li><code>${Ue(n.path)}</code> ${Ue(n.message)}</li>`)}</ul></details>`;
  }
  #b(e) {
    const n = e.state === "not-installed";
    return te`<div class="note" role="alert"><h2>${n ? "Telltale is not installed completely" : "There is no diagnosis"}</h2>
      <p>${n ? "The tab needs the Python package, in the environment that TensorBoard runs in:" : ue}</p>
      ${n ? te`<code>pip install telltale</code><p>Then start TensorBoard again.</p>` : ue}
      <p class="dim">${Ue(e.message)}</p></div>`;
  }
  #w = async () => {
    this.note = await this.source.annotate(this.status?.token ?? "").catch(String);
  };
}
customElements.define("telltale-app", bc);
const wc = "telltale", wl = `p.${wc}.`;
class xc {
  view() {
    return Promise.resolve(mc(Object.fromEntries(new URLSearchParams(location.hash.slice(1)))));
  }
  setView(e) {
    const n = new URLSearchParams(gc(e)).toString();
    history.replaceState(null, "", n === "" ? location.pathname + location.search : `#${n}`);
  }
  dark() {
  }
}
class Cp {
  view() {
    const e = {};
    try {
      for (const n of window.parent.location.hash.slice(1).split("&")) {
        const [s = "", l = ""] = n.split("=", 2);
        s.startsWith(wl) && (e[s.slice(wl.length)] = decodeURIComponent(l));
      }
    } catch {
    }
    return Promise.resolve(mc(e));
  }
  setView(e) {
    try {
      const { location: n, history: s } = window.parent, i = n.hash.slice(1).split("&").filter((h) => h !== "" && !h.startsWith(wl)), o = Object.entries(gc(e)).map(
        ([h, f]) => `${wl}${h}=${encodeURIComponent(f)}`
      ), c = [...i.length > 0 ? i : [wc], ...o];
      s.replaceState(s.state, "", `${n.pathname}${n.search}#${c.join("&")}`);
    } catch {
    }
  }
  /** TensorBoard says it by a class of its body, and to nobody else. */
  dark() {
    try {
      return window.parent.document.body.classList.contains("dark-mode");
    } catch {
      return;
    }
  }
}
class Lp {
  constructor(e) {
    this.live = !1, this.#e = JSON.parse(e);
  }
  #e;
  status() {
    return Promise.resolve({ state: "ready", message: "", version: 1 });
  }
  overview() {
    return Promise.resolve(this.#e.diagnosis);
  }
  trainingRun(e) {
    return Promise.resolve(this.#e.diagnosis.training_runs.find((n) => n.name === e));
  }
  series(e) {
    const n = this.#e.diagnosis.training_runs.findIndex((l) => l.name === e), s = this.#e.diagnosis.training_runs[n]?.series ?? [];
    return Promise.resolve((this.#e.series[n] ?? []).map((l) => {
      const i = s.find((o) => o.run === l.run && o.tag === l.tag);
      return { ...l, role: i?.role ?? { split: "", quantity: "" } };
    }));
  }
  rule(e) {
    return Promise.resolve(this.#e.rules.find((n) => n.id === e));
  }
  annotate() {
    return Promise.reject(new Error("a page writes nothing"));
  }
}
class Mp {
  constructor() {
    this.live = !0;
  }
  #e;
  status(e) {
    return Bs(`./status?version=${e}`);
  }
  overview() {
    return Bs("./runs");
  }
  async trainingRun(e) {
    return await Bs(`./findings?training_run=${encodeURIComponent(e)}`) ?? void 0;
  }
  series(e) {
    return Bs(`./series?training_run=${encodeURIComponent(e)}`);
  }
  async rule(e) {
    return this.#e ??= Bs("./rules"), (await this.#e).find((n) => n.id === e);
  }
  async annotate(e) {
    const n = await fetch("./annotate", { method: "POST", headers: { "X-Telltale-Token": e } }), s = await n.json();
    if (!n.ok) throw new Error(s.message);
    return s.message;
  }
}
async function Bs(t) {
  const e = await fetch(t);
  if (!e.ok) throw new Error(`${t}: HTTP ${e.status}`);
  return await e.json();
}
function _c(t, e) {
  const n = new bc();
  n.source = t, n.host = e, document.documentElement.style.height = "100%", document.body.style.margin = "0", document.body.append(n);
}
function Op() {
  _c(new Mp(), window.parent === window ? new xc() : new Cp());
}
const la = document.getElementById("telltale-data");
la && _c(new Lp(la.textContent ?? ""), new xc());
export {
  Op as render
};
