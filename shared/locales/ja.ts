import type { Strings } from "./strings.ts";

export const ja = {
	direction: "ltr",
	question: {
		nps: "{shop}を友人や同僚に薦める可能性はどのくらいありますか？",
		csat: "本日のご注文にどのくらい満足していますか？",
		ces: "{shop}では簡単に注文できました。",
	},
	ends: {
		nps: ["まったく可能性がない", "非常に可能性が高い"],
		csat: ["非常に不満", "非常に満足"],
		ces: ["まったくそう思わない", "非常にそう思う"],
	},
	levels: ["不満", "どちらともいえない", "満足"],
	reasons: "ご回答に最も影響した点は何ですか？",
	drivers: {
		quality: "商品の品質",
		price: "価格",
		range: "品ぞろえ",
		information: "商品情報",
		checkout: "購入手続き",
		payment: "支払い方法",
		delivery: "配送方法",
		service: "カスタマーサービス",
		website: "サイト",
	},
	comment: "ほかにご意見はありますか？",
	done: "完了",
	dismiss: "回答しない",
	saved: "ありがとうございます。回答を保存しました。",
	thanks: "ご回答ありがとうございました。",
	waiting: "オンラインになり次第、送信されます。",
	refused: "申し訳ありません。回答を保存できませんでした。",
	answered: "このご注文については、すでにご回答をいただいています。ありがとうございました。",
	closed: "現在、ご回答いただける質問はありません。",
	script: "回答するには、JavaScriptを有効にしてください。",
	shared: {
		nps: "お客様からの評価は、−100〜100の範囲で{value}です（30日間の回答：{responses}件）。",
		csat: "お客様の{value}が「満足」と回答しています（30日間の回答：{responses}件）。",
		ces: "注文のしやすさに対するお客様の評価は、7点満点中{value}点です（30日間の回答：{responses}件）。",
	},
} as const satisfies Strings;
