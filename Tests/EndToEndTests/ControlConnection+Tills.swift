import ControlClient
import StrictJSON
import TestSupport

extension ControlConnection {
    /// Sells something for 10.00 at a register and returns the receipt.
    @discardableResult
    func sell(
        _ register: String, _ ext: String, receipt: String? = nil, at time: String = "2026-01-05T10:00:00Z",
        details: String = "", _ more: String = "total=10.00"
    ) throws -> JSON {
        let receipt = receipt.map { #","receipt":"\#($0)""# } ?? ""
        try ok(
            #"order.register channel=pos ext=\#(ext) placed_at=\#(time) \#(more) details={"register":"\#(register)"\#(receipt)\#(details)}"#
        )
        return try ok("pos.receipt ext=\(ext)")
    }

    /// A register's report in euros.
    func euros(_ register: String, _ day: String = "2026-01-05") throws -> JSON {
        try ok("pos.day register=\(register) day=\(day)")["currencies"]?["EUR"] ?? .null
    }
}
