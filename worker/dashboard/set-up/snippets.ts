/** What is pasted. `file` is the widget's address. A placeholder that is left as it is names no order: it begins with a brace. */

/** For a template: the tag. */
export function htmlTag(file: string): string {
	return `<script async src="${file}" data-transaction="{{ order_number }}"></script>`;
}

/** For WooCommerce: the tag on the confirmation, which WooCommerce also shows for orders that have failed. */
export function wooCommerceHook(file: string): string {
	return `add_action('woocommerce_thankyou', function ($order_id) {
    $order = wc_get_order($order_id);
    if (!$order || $order->has_status('failed')) {
        return;
    }
    printf(
        '<script async src="%s" data-transaction="%s"></script>',
        esc_url('${file}'),
        esc_attr($order->get_order_number())
    );
});`;
}

/** For Google Tag Manager: the queue says what the tag cannot, and the order's number comes from the dataLayer. */
export function gtmTag(file: string): string {
	return `<script>
  window.afterword = window.afterword || function () { (afterword.q = afterword.q || []).push(arguments) }
  afterword("ask", { purchase: "datalayer", placement: "corner" })
</script>
<script async src="${file}"></script>`;
}

/** For React: the element, and the script once a page, however often the component comes and goes. */
export function reactComponent(file: string): string {
	return `import { useEffect } from "react";

const FILE = "${file}";

export function Afterword({ transaction }) {
  useEffect(() => {
    if (document.querySelector(\`script[src="\${FILE}"]\`)) return;
    document.head.append(Object.assign(document.createElement("script"), { async: true, src: FILE }));
  }, []);
  return <afterword-survey transaction={transaction} style={{ display: "block", minHeight: "11em" }} />;
}`;
}
