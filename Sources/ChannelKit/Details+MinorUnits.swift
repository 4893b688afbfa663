extension Details {
    /// An amount of at least 0 in minor units of a currency, nil when it is absent.
    ///
    /// - Throws: ``ChannelRefusal`` for an amount below 0, or what is no amount of the currency.
    public func minorUnits(_ name: String, in currency: Currency) throws -> Int64? {
        guard let minor = try amount(name, in: currency)?.minor else { return nil }
        guard minor >= 0 else {
            throw bad(name, "an amount of at least 0 is needed here")
        }
        return minor
    }
}
