/// Where a page of customers ended.
public struct CustomerCursor: Sendable, Equatable {
    /// The last row's key where the list is sorted by text.
    public var text: String
    /// The last row's key where the list is sorted by a number; the place of a row that stands before all others.
    public var number: Int64
    /// What tells rows with equal keys apart: the customer's number, or the id where the list goes by id.
    public var tie: Int64

    public init(text: String, number: Int64, tie: Int64) {
        self.text = text
        self.number = number
        self.tie = tie
    }

    /// Behind a customer in a list that goes by id.
    init(id: Int64) {
        self.init(text: "", number: 0, tie: id)
    }
}
