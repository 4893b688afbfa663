/// How a text may name somebody or something.
enum MentionReference: Equatable {
    /// "@lena"
    case staffName(String)
    /// "@staff:3"
    case staff(StaffID)
    /// "@customer:17"
    case customer(CustomerID)
    /// "#17"
    case customerNumber(Int64)
    /// "@online-shop:MUG"
    case product(channel: String, sku: String)
}
