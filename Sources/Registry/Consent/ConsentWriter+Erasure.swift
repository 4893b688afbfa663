internal import Storage

extension ConsentWriter {
    /// Notes that a person has everything erased: no state is left but that, and the contact stays suppressed.
    ///
    /// The evidence of what was said keeps its versions, channels and times.
    func erase(_ customer: Customer) throws {
        let suppression = SuppressionWriter(transaction: transaction)
        for purpose in ConsentPurpose.allCases {
            try suppression.enter(
                customer.fields.contacts(for: purpose), for: purpose, because: .erased, at: occasion.at)
        }
        for state in try reader.states(of: customer.id) {
            try write(.erased, state.purpose, of: customer.id)
            let statement = ConsentStatement(purpose: state.purpose, isGranted: false, wording: nil)
            let entry = Entry(statement, .erasure, channel: nil)
            try prove(entry, by: customer.id, led: ConsentStatus.erased.rawValue)
        }
    }
}
