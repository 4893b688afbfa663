public import ChannelKit

extension ManualEntry {
    /// Warns of customers who have the buyer's name, when nothing stronger says who the buyer is.
    public func review(_ draft: inout OrderDraft, _ services: ChannelServices) throws -> [String] {
        guard case .described(let buyer) = draft.buyer, buyer.fields.email == nil, let name = buyer.fields.fullName,
            try services.customer(matching: buyer) == nil
        else { return [] }
        let folded = Folding.folded(name)
        return try services.customers(named: name)
            .filter { $0.isTest == draft.isTest && $0.fields.fullName.map(Folding.folded) == folded }
            .map { "customer \($0.number) has the same name" }
    }
}
