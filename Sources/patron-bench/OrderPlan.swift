/// What the order with a number is like; the same on both sides.
///
/// 70 of 100 orders come from one of the known customers, 25 of 100 bring a consent, evenly mixed.
struct OrderPlan: Equatable {
    /// Customers who are in the registry before the first order, where nothing else is said.
    static let knownCustomers = 1000

    /// Counted from 0 in each tenant.
    let number: Int
    /// How many customers are known before the first order.
    var customers = knownCustomers

    var isNew: Bool { number * 7 % 10 < 3 }

    var hasConsent: Bool { (number / 10 + number) % 4 == 0 }

    /// The number of the known customer, or of the new one.
    var person: Int { isNew ? number : number * 7919 % customers }
}
