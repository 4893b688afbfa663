internal import Storage

extension ConsentWriter {
    /// Brings back an objection that is younger than what an older file says.
    ///
    /// - Returns: Whether anything changed.
    func restore(_ objection: ConsentState, of customer: CustomerID) throws -> Bool {
        let own = try reader.state(of: customer, for: objection.purpose)
        guard own?.status.isObjection != true, own.map({ $0.changedAt <= objection.changedAt }) ?? true else {
            return false
        }
        var entry = Entry(
            ConsentStatement(purpose: objection.purpose, isGranted: false, wording: nil), .suppression, channel: nil)
        entry.saidAt = objection.changedAt
        try keep(entry, by: customer, as: objection.status)
        return true
    }

    /// Takes back what a customer's contacts have objected to since it was agreed to.
    ///
    /// - Returns: How many purposes.
    func heedList(of customer: CustomerID) throws -> Int {
        let contacts = try subject(customer).fields.contacts
        var count = 0
        for suppression in try SuppressionReader(transaction.reading).suppressions(of: contacts) {
            let objection = ConsentState(
                purpose: suppression.purpose, status: suppression.reason.status, changedAt: suppression.at)
            guard try reader.state(of: customer, for: suppression.purpose) != nil,
                try restore(objection, of: customer)
            else { continue }
            count += 1
        }
        return count
    }
}
