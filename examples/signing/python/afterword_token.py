import hmac
from base64 import urlsafe_b64encode


def afterword_token(site, kid, secret, transaction, customer, created):
    """The transaction token of one order, for `data-token` on the Afterword tag. Python 3.6 or newer.

    In the view of the order confirmation. The secret stands in the server's environment, never in a template:

        created = order.created_at.timestamp()
        token = afterword_token("aw_pub_…", "kid", os.environ["AFTERWORD_SECRET"], order.number, order.customer_id, created)

    and in its template, here Django's or Jinja's with autoescape, whose `{{ }}` escapes:

        <script async src="https://feedback.example/w/aw_pub_….js"
                data-transaction="{{ order.number }}" data-token="{{ token }}"></script>

    site         the site's public key, aw_pub_…
    kid          the name of the signing secret
    secret       the signing secret, aw_tx_…
    transaction  the order's number, 1 to 64 bytes of UTF-8
    customer     the buyer in your books, up to 64 bytes of UTF-8, or None
    created      when the order was made, in Unix seconds; of a datetime without a time zone, timestamp() takes the server's
    """

    def base64url(text):
        return urlsafe_b64encode(("" if text is None else str(text)).encode()).decode().rstrip("=")

    message = ".".join(["awtx1", site, kid, str(int(created)), base64url(transaction), base64url(customer)])
    return message + "." + hmac.new(secret.encode(), message.encode(), "sha256").hexdigest()
