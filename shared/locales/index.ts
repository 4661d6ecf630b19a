import { ar } from "./ar.ts";
import { bg } from "./bg.ts";
import { bn } from "./bn.ts";
import { ca } from "./ca.ts";
import { cs } from "./cs.ts";
import { da } from "./da.ts";
import { de } from "./de.ts";
import { el } from "./el.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { et } from "./et.ts";
import { fa } from "./fa.ts";
import { fi } from "./fi.ts";
import { fr } from "./fr.ts";
import { he } from "./he.ts";
import { hi } from "./hi.ts";
import { hr } from "./hr.ts";
import { hu } from "./hu.ts";
import { id } from "./id.ts";
import { it } from "./it.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";
import { lt } from "./lt.ts";
import { lv } from "./lv.ts";
import { ms } from "./ms.ts";
import { nb } from "./nb.ts";
import { nl } from "./nl.ts";
import { pl } from "./pl.ts";
import { ptBR } from "./pt-BR.ts";
import { ptPT } from "./pt-PT.ts";
import { ro } from "./ro.ts";
import { ru } from "./ru.ts";
import { sk } from "./sk.ts";
import { sl } from "./sl.ts";
import { srCyrl } from "./sr-Cyrl.ts";
import { srLatn } from "./sr-Latn.ts";
import type { Strings } from "./strings.ts";
import { sv } from "./sv.ts";
import { th } from "./th.ts";
import { tr } from "./tr.ts";
import { uk } from "./uk.ts";
import { ur } from "./ur.ts";
import { vi } from "./vi.ts";
import { zhHans } from "./zh-Hans.ts";
import { zhHant } from "./zh-Hant.ts";

/** Every language Afterword ships, by BCP 47 code. The Worker picks from here; the widget is sent only what it needs. */
export const LOCALES = {
	ar,
	bg,
	bn,
	ca,
	cs,
	da,
	de,
	el,
	en,
	es,
	et,
	fa,
	fi,
	fr,
	he,
	hi,
	hr,
	hu,
	id,
	it,
	ja,
	ko,
	lt,
	lv,
	ms,
	nb,
	nl,
	pl,
	"pt-BR": ptBR,
	"pt-PT": ptPT,
	ro,
	ru,
	sk,
	sl,
	"sr-Cyrl": srCyrl,
	"sr-Latn": srLatn,
	sv,
	th,
	tr,
	uk,
	ur,
	vi,
	"zh-Hans": zhHans,
	"zh-Hant": zhHant,
} as const satisfies Record<string, Strings>;

export type Locale = keyof typeof LOCALES;

/** The shipped codes, sorted. */
export const LOCALE_CODES = Object.keys(LOCALES) as [Locale, ...Locale[]];

/** Whether a code names a shipped language, spelled as we spell it. */
export function isLocale(code: string): code is Locale {
	return Object.hasOwn(LOCALES, code);
}
