/// What an answer has promised about a tenant.
enum Fact: Codable, Equatable {
    case tenant(String)
    case archived(String)
    case gone(String)
    case order(tenant: String, ext: String)
    case noOrder(tenant: String, ext: String)
    case withdrawn(tenant: String, email: String)
    /// The word was in the data of a customer who is erased.
    case erased(tenant: String, word: String)
    case merged(tenant: String, id: Int64)
    /// So many customers have addresses that begin so.
    case imported(tenant: String, prefix: String, count: Int64)
    case backup(tenant: String, name: String)
}

/// A fact that holds from an answer on.
struct Claim: Codable {
    let client: Int
    /// The client's request whose answer says so, counted from 0.
    let request: Int
    let fact: Fact
    /// The client's request that may end it.
    var end: Int?
}
