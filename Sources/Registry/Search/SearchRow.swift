/// A row of the search index: which customers of a run have a gram.
public struct SearchRow: Sendable, Equatable {
    public let gram: Int64
    /// The set of customers, as ``CustomerBits`` stores it.
    public let customers: [UInt8]

    public init(gram: Int64, customers: [UInt8]) {
        self.gram = gram
        self.customers = customers
    }
}
