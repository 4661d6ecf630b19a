import type { Strings } from "./strings.ts";

export const zhHant = {
	direction: "ltr",
	question: {
		nps: "您有多大可能會向朋友或同事推薦{shop}？",
		csat: "您對今天的訂單有多滿意？",
		ces: "{shop}讓我輕鬆完成訂購。",
	},
	ends: {
		nps: ["完全不可能", "極有可能"],
		csat: ["非常不滿意", "非常滿意"],
		ces: ["非常不同意", "非常同意"],
	},
	levels: ["不滿意", "普通", "滿意"],
	reasons: "哪些因素最影響您的評分？",
	drivers: {
		quality: "商品品質",
		price: "價格",
		range: "商品選擇",
		information: "商品資訊",
		checkout: "結帳流程",
		payment: "付款方式",
		delivery: "送貨方式",
		service: "客戶服務",
		website: "網站",
	},
	comment: "還有什麼想補充的嗎？",
	done: "完成",
	dismiss: "不用了，謝謝",
	saved: "謝謝，您的回覆已儲存。",
	thanks: "感謝您的回覆。",
	waiting: "連線後會立即送出。",
	refused: "抱歉，您的回覆未能儲存。",
	answered: "這筆訂單已送出過回覆，謝謝。",
	closed: "目前沒有需要您回答的問題。",
	script: "請啟用 JavaScript 以送出回覆。",
	shared: {
		nps: "顧客給我們的評分為 {value}（評分範圍 −100 至 100，近 30 天共 {responses} 份回覆）。",
		csat: "{value} 的顧客表示滿意（近 30 天共 {responses} 份回覆）。",
		ces: "顧客給訂購便利度的評分為 {value}（滿分 7 分，近 30 天共 {responses} 份回覆）。",
	},
} as const satisfies Strings;
