import { useState } from "react";
import { AfterwordSurvey } from "./afterword-survey.tsx";

/** An order confirmation with the question on it: how the component is used. */
export function OrderConfirmation({ order, src }: { readonly order: { readonly number: string }; readonly src: string }) {
	const [score, setScore] = useState<number | undefined>();
	return (
		<main>
			<h1>Thank you for order {order.number}</h1>
			<AfterwordSurvey src={src} transaction={order.number} onAnswered={({ score }) => setScore(score)} />
			{score !== undefined && <p>You said {score}.</p>}
		</main>
	);
}
