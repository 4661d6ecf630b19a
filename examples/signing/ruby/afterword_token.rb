require "openssl"

# The transaction token of one order, for `data-token` on the Afterword tag. Ruby 2.5 or newer.
#
# Where the order confirmation is rendered. The secret stands in the server's environment or credentials, never in a view:
#
#     secret = ENV.fetch("AFTERWORD_SECRET")
#     @token = afterword_token("aw_pub_…", "kid", secret, order.number, order.customer_id, order.created_at)
#
# and in its view, here Rails', whose `<%=` escapes (in plain ERB it is `<%= ERB::Util.h(@token) %>`):
#
#     <script async src="https://feedback.example/w/aw_pub_….js"
#             data-transaction="<%= @order.number %>" data-token="<%= @token %>"></script>
#
# site::        the site's public key, aw_pub_…
# kid::         the name of the signing secret
# secret::      the signing secret, aw_tx_…
# transaction:: the order's number, 1 to 64 bytes of UTF-8
# customer::    the buyer in your books, up to 64 bytes of UTF-8, or nil
# created::     when the order was made: a time, or Unix seconds
def afterword_token(site, kid, secret, transaction, customer, created)
  base64url = ->(text) { [text.to_s.encode("UTF-8")].pack("m0").tr("+/", "-_").delete("=") }
  message = ["awtx1", site, kid, created.to_i, base64url.(transaction), base64url.(customer)].join(".")
  "#{message}.#{OpenSSL::HMAC.hexdigest("SHA256", secret, message)}"
end
