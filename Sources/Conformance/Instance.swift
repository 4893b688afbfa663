internal import StrictJSON

/// One time that a case is tried: what is special about it, and what its steps know.
struct Instance {
    /// What is special about it; empty when nothing is.
    let label: String
    let names: Names
    /// What makes its samples fresh.
    let number: Int64

    init(_ label: String, _ names: Names, _ number: Int64) {
        self.label = label
        self.names = names
        self.number = number
    }
}
