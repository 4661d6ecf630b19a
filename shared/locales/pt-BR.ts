import type { Strings } from "./strings.ts";

export const ptBR = {
	direction: "ltr",
	question: {
		nps: "Qual é a probabilidade de você recomendar a loja {shop} a um amigo ou colega?",
		csat: "Qual é o seu nível de satisfação com o pedido de hoje?",
		ces: "A loja {shop} tornou fácil fazer o meu pedido.",
	},
	ends: {
		nps: ["Nada provável", "Extremamente provável"],
		csat: ["Muito baixo", "Muito alto"],
		ces: ["Discordo totalmente", "Concordo totalmente"],
	},
	levels: ["Baixo", "Médio", "Alto"],
	reasons: "O que mais pesou na sua resposta?",
	drivers: {
		quality: "Qualidade dos produtos",
		price: "Preço",
		range: "Variedade de produtos",
		information: "Informações do produto",
		checkout: "Finalização da compra",
		payment: "Formas de pagamento",
		delivery: "Opções de entrega",
		service: "Atendimento",
		website: "Site",
	},
	comment: "Quer acrescentar algo?",
	done: "Concluir",
	dismiss: "Agora não",
	saved: "Obrigado, sua resposta foi salva.",
	thanks: "Obrigado pela sua resposta.",
	waiting: "Ela será enviada assim que você estiver online.",
	refused: "Desculpe, não foi possível salvar sua resposta.",
	answered: "Já recebemos uma resposta sobre este pedido. Obrigado.",
	closed: "No momento, não há perguntas para você.",
	script: "Ative o JavaScript para responder.",
	shared: {
		nps: "Nossos clientes nos dão nota {value} em uma escala de −100 a 100 (respostas em 30 dias: {responses}).",
		csat: "{value} dos nossos clientes estão satisfeitos (respostas em 30 dias: {responses}).",
		ces: "Nossos clientes dão nota {value} de 7 para a facilidade de comprar aqui (respostas em 30 dias: {responses}).",
	},
} as const satisfies Strings;
