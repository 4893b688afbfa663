internal import Registry
internal import StrictJSON

extension JSONFragment {
    /// Who may not order and why, for staff; `customers` are those who have a denied contact, nil where nobody asks.
    static func denial(_ denial: Denial, customers: [CustomerID]?, isDenied: Bool = true) -> JSONFragment {
        JSONWriter.object { writer in
            switch denial.subject {
            case .customer(let id, let name, let email, let phone):
                writer.member("customer", id.rawValue)
                writer.member("name", name)
                writer.member("email", email)
                writer.member("phone", phone)
                writer.member("since", JSON.null)
            case .contact(let contact, let since):
                writer.member("customer", JSON.null)
                writer.member("name", JSON.null)
                switch contact {
                case .email(let key):
                    writer.member("email", key)
                    writer.member("phone", JSON.null)
                case .phone(let number):
                    writer.member("email", JSON.null)
                    writer.member("phone", number)
                }
                writer.member("since", since.text)
            }
            writer.member("denied", isDenied)
            writer.member("reason", denial.reasons.inner)
            writer.member("public_reason", denial.reasons.outer)
            if let customers {
                writer.member("customers", JSON.array(customers.map { .number(String($0.rawValue)) }))
            }
        }
    }
}
