import type { Strings } from "./strings.ts";

export const zhHans = {
	direction: "ltr",
	question: {
		nps: "您将{shop}推荐给朋友或同事的可能性有多大？",
		csat: "您对今天这笔订单的满意度如何？",
		ces: "{shop}让我轻松完成了下单。",
	},
	ends: {
		nps: ["完全不可能", "极有可能"],
		csat: ["非常不满意", "非常满意"],
		ces: ["非常不同意", "非常同意"],
	},
	levels: ["不满意", "一般", "满意"],
	reasons: "哪些方面对您的评分影响最大？",
	drivers: {
		quality: "商品质量",
		price: "价格",
		range: "商品种类",
		information: "商品信息",
		checkout: "结算流程",
		payment: "支付方式",
		delivery: "配送方式",
		service: "客户服务",
		website: "网站",
	},
	comment: "您还有什么想补充的吗？",
	done: "完成",
	dismiss: "不用了，谢谢",
	saved: "谢谢，您的反馈已保存。",
	thanks: "感谢您的反馈。",
	waiting: "联网后会立即发送。",
	refused: "抱歉，您的反馈未能保存。",
	answered: "这笔订单已提交过反馈，谢谢。",
	closed: "目前没有需要您回答的问题。",
	script: "请启用 JavaScript 以提交反馈。",
	shared: {
		nps: "顾客对我们的评分为 {value}（评分范围 −100 至 100，近 30 天共 {responses} 份反馈）。",
		csat: "{value} 的顾客表示满意（近 30 天共 {responses} 份反馈）。",
		ces: "顾客对下单便捷度的评分为 {value}（满分 7 分，近 30 天共 {responses} 份反馈）。",
	},
} as const satisfies Strings;
