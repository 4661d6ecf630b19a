import type { Strings } from "./strings.ts";

export const ko = {
	direction: "ltr",
	question: {
		nps: "친구나 동료에게 {shop} 이용을 추천하실 의향이 얼마나 있으신가요?",
		csat: "오늘 주문에 얼마나 만족하시나요?",
		ces: "{shop}에서 쉽게 주문할 수 있었습니다.",
	},
	ends: {
		nps: ["전혀 추천하지 않음", "적극 추천함"],
		csat: ["매우 불만족", "매우 만족"],
		ces: ["전혀 그렇지 않다", "매우 그렇다"],
	},
	levels: ["불만족", "보통", "만족"],
	reasons: "답변에 가장 큰 영향을 준 것은 무엇인가요?",
	drivers: {
		quality: "상품 품질",
		price: "가격",
		range: "상품 다양성",
		information: "상품 정보",
		checkout: "주문 과정",
		payment: "결제 수단",
		delivery: "배송 방법",
		service: "고객 서비스",
		website: "웹사이트",
	},
	comment: "더 하고 싶은 말씀이 있으신가요?",
	done: "완료",
	dismiss: "괜찮습니다",
	saved: "감사합니다. 답변이 저장되었습니다.",
	thanks: "답변해 주셔서 감사합니다.",
	waiting: "인터넷에 연결되면 바로 전송됩니다.",
	refused: "죄송합니다. 답변을 저장하지 못했습니다.",
	answered: "이 주문에 대한 답변이 이미 제출되었습니다. 감사합니다.",
	closed: "지금은 답변하실 질문이 없습니다.",
	script: "답변하시려면 JavaScript를 켜 주세요.",
	shared: {
		nps: "고객 평가 점수는 {value}점입니다(−100점~100점 기준, 30일간 응답 {responses}건).",
		csat: "고객의 {value}가 만족한다고 답했습니다(30일간 응답 {responses}건).",
		ces: "고객이 평가한 주문 편의성은 7점 만점에 {value}점입니다(30일간 응답 {responses}건).",
	},
} as const satisfies Strings;
