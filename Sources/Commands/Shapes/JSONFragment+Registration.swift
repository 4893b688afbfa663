internal import Registry
internal import StrictJSON

extension JSONFragment {
    /// The answer to `order.register`.
    static func registration(_ registration: Registration, warnings: [String]) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("order", registration.order.rawValue)
            writer.member("customer", registration.match.customer?.rawValue)
            writer.member("match", registration.match.reason.rawValue)
            writer.member("created", registration.match.reason == .created && !registration.isExisting)
            writer.member("existing", registration.isExisting)
            writer.member("subtotal", registration.amounts.subtotal.text)
            writer.member("discount", registration.amounts.discount.text)
            writer.member("total", registration.amounts.total.text)
            writer.member("currency", registration.amounts.total.currency.code)
            writer.member("seq", registration.seq)
            if !warnings.isEmpty { writer.member("warnings", warnings) }
        }
    }
}
