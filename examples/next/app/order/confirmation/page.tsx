import Script from "next/script";

/** The tag's address: NEXT_PUBLIC_AFTERWORD=https://feedback.example/w/aw_pub_….js */
const TAG = process.env.NEXT_PUBLIC_AFTERWORD;

interface PageProps {
	/** Promised, as of Next 15. */
	readonly searchParams: Promise<{ readonly order?: string }>;
}

/** The order confirmation, rendered on the server: the question stands in its place as soon as the script has come. */
export default async function Confirmation({ searchParams }: PageProps) {
	const { order } = await searchParams;
	return (
		<main>
			<h1>Thank you</h1>
			<p>Your order {order} is on its way.</p>
			{/* Another order is another element, and so another question. */}
			<afterword-survey key={order} transaction={order} style={{ display: "block", minHeight: "11em" }} />
			{TAG && <Script src={TAG} strategy="afterInteractive" />}
		</main>
	);
}
