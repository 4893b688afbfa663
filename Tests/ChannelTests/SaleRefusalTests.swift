import ChannelKit
import OnlineShop
import XCTest

/// What cannot be told of the web shop's orders any more.
final class SaleRefusalTests: XCTestCase {
    private let paid = #"{"payment":{"state":"paid"}}"#

    private func mugs() throws -> [OrderLine] {
        [try ShopBook.line("MUG", "3", "7.50"), try ShopBook.line("TEA", "1", "4.00")]
    }

    func testAReferenceStandsForOneRefundOnly() throws {
        let shop = try ShopBook()
        let order = try shop.sell(mugs(), paid) { $0.chargesMinor = 490 }
        try shop.note("refund", order, #""lines":[{"sku":"MUG","quantity":1}],"reference":"lines""#)
        try shop.note("refund", order, #""shipping":"2.00","reference":"shipping""#)
        try shop.note("refund", order, #""lines":[{"sku":"TEA"}],"reference":"rest of a line""#)
        let rev = try shop.now(order).rev

        for again in [
            #""lines":[{"sku":"MUG","quantity":1}],"reference":"lines""#,
            #""lines":[{"line":1,"quantity":1}],"amount":"7.50","reference":"lines""#,
            #""shipping":"2.00","reference":"shipping""#, #""lines":[{"sku":"TEA"}],"reference":"rest of a line""#,
        ] {
            XCTAssertEqual(try shop.note("refund", order, again)["refunds"]?.arrayValue?.count, 3, again)
        }
        for other in [
            #""lines":[{"sku":"MUG","quantity":2}],"reference":"lines""#,
            #""lines":[{"sku":"TEA"}],"reference":"lines""#, #""reference":"lines""#,
            #""lines":[{"sku":"MUG","quantity":1}],"shipping":"1.00","reference":"lines""#,
            #""shipping":"1.00","reference":"shipping""#, #""shipping":"2.00","reference":"lines""#,
            #""lines":[{"sku":"MUG","quantity":3}],"reference":"rest of a line""#,
        ] {
            XCTAssertThrowsError(try shop.note("refund", order, other), other) { error in
                XCTAssertEqual((error as? ChannelRefusal)?.slug, "reference-used", "\(other): \(error)")
                XCTAssertEqual((error as? ChannelRefusal)?.kind, .conflict)
            }
        }
        XCTAssertEqual(try shop.now(order).rev, rev)
        XCTAssertEqual(try shop.now(order).givenBack.minor, 1_350)
    }

    func testGoodsThatAreWithTheCustomerAreNotCalledOff() throws {
        let shop = try ShopBook()
        let shipped = try shop.sell(mugs())
        try shop.note("ship", shipped, #""lines":[{"line":2}]"#)
        let told = try shop.sell(mugs(), #"{"fulfilment":{"state":"fulfilled"}}"#)
        let back = try shop.sell(mugs(), paid)
        for verb in ["ship", "return", "receive"] { try shop.note(verb, back) }

        for order in [shipped, told] {
            XCTAssertThrowsError(try shop.update(order, state: "cancelled")) {
                XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "goods-shipped")
                XCTAssertEqual(($0 as? ChannelRefusal)?.kind, .conflict)
            }
        }
        XCTAssertEqual(try shop.update(back, state: "cancelled").state, .cancelled)
    }

    func testWhatSendingCostsStaysAsItWasSettled() throws {
        let shop = try ShopBook()
        let order = try shop.sell(mugs(), #"{"shipping":{"method":"parcel","amount":"4.90"}}"#)

        for other in ["0.00", "9.90"] {
            XCTAssertThrowsError(try shop.update(order, #"{"shipping":{"amount":"\#(other)"}}"#)) {
                XCTAssertEqual(
                    $0 as? ChannelRefusal,
                    .badDetail("shipping.amount", "it is part of the total and stays 4.90"))
            }
        }
        let express = try shop.update(order, #"{"shipping":{"method":"express"}}"#)
        XCTAssertEqual(try Details(storedWith: express).object("shipping")?.text("method"), "express")
        XCTAssertNoThrow(try shop.update(order, #"{"shipping":{"amount":"4.9"}}"#))
        XCTAssertEqual(try shop.now(order).amounts, order.amounts)
    }
}
