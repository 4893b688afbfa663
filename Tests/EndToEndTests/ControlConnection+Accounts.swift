import ControlClient
import Foundation
import TestSupport
import XCTest

/// A shop whose mails carry links; without a sender they wait in the outbox with their secrets.
let shopWithLinks =
    "currency=EUR country=DE link.url=https://shop.example/{action}/{token}"

extension ControlConnection {
    /// The token in the link of the newest mail of a kind.
    func mailedToken(_ kind: String) throws -> String {
        let text = try newestMail(kind)
        let link = try XCTUnwrap(
            text.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("https://shop.example/") })
        return String(try XCTUnwrap(link.split(separator: "/").last))
    }

    /// A link is sent behind the answer that promises it, so it may take a moment.
    private func newestMail(_ kind: String) throws -> String {
        // 2 ms a time: 20 s at most.
        for _ in 1...10_000 {
            if let mail = try rows("message.outbox kind=\(kind) limit=1").first { return mail.text("text") ?? "" }
            usleep(2_000)
        }
        return try XCTUnwrap(nil, "no mail of the kind \(kind)")
    }

    /// The code in the newest mail to sign in with.
    func mailedCode() throws -> String {
        let text = try newestMail("sign-in")
        let code = text.split(whereSeparator: \.isWhitespace).first {
            $0.utf8.count == 9 && $0.dropFirst(4).first == "-"
        }
        return String(try XCTUnwrap(code))
    }

    /// Makes a customer and signs in by link.
    func signIn(_ email: String) throws -> String {
        try ok("customer.create email=\(email)")
        try ok("account.request-link email=\(email)")
        return try XCTUnwrap(try ok("account.redeem token=\(try mailedToken("sign-in"))").text("session"))
    }
}
