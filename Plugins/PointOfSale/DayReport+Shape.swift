import ChannelKit

extension DayReport {
    /// What a closed day adds to its report.
    struct Close {
        let number: Int64
        let at: Instant
        let by: String
        let openingMinor: Int64
        let countedMinor: Int64
    }

    /// The report as it is shown and, once the day is closed, kept.
    func shape(_ close: Close?, openingMinor: Int64, _ currency: Currency) throws -> JSONFragment {
        try JSONWriter.object { writer in
            writer.member("register", register)
            writer.member("day", day)
            writer.member("first_day", min(firstDay ?? day, day))
            writer.member("closed", close != nil)
            writer.member("number", close?.number)
            writer.member("closed_at", close?.at.text)
            writer.member("closed_by", close?.by)
            writer.name("receipts")
            writer.fragment(
                JSONWriter.object { writer in
                    writer.member("first", firstNumber)
                    writer.member("last", lastNumber)
                    writer.member("voided", voided)
                    writer.member("open", open)
                    writer.member("late", late)
                })
            writer.name("cash")
            writer.fragment(cash(close, openingMinor: openingMinor, currency))
            writer.name("currencies")
            writer.beginObject()
            if sums[currency.code] == nil {
                writer.name(currency.code)
                writer.fragment(Self.shape(of: Sums(), in: currency))
            }
            for (code, sums) in sums.sorted(by: { $0.key < $1.key }) {
                writer.name(code)
                writer.fragment(Self.shape(of: sums, in: try Currency(code)))
            }
            writer.endObject()
        }
    }

    private func cash(_ close: Close?, openingMinor: Int64, _ currency: Currency) -> JSONFragment {
        func text(_ minor: Int64) -> String { Money(minor: minor, currency: currency).text }
        let expected = openingMinor + cashMinor(in: currency)
        return JSONWriter.object { writer in
            writer.member("opening", text(openingMinor))
            writer.member("expected", text(expected))
            writer.member("counted", close.map { text($0.countedMinor) })
            writer.member("difference", close.map { text($0.countedMinor - expected) })
        }
    }

    private static func shape(of sums: Sums, in currency: Currency) -> JSONFragment {
        func text(_ minor: Int64) -> String { Money(minor: minor, currency: currency).text }
        func counted(_ sum: (count: Int64, minor: Int64)) -> JSONFragment {
            JSONWriter.object { writer in
                writer.member("count", sum.count)
                writer.member("total", text(sum.minor))
            }
        }
        let told = sums.tenders.values.reduce(0, +)
        return JSONWriter.object { writer in
            writer.member("sales", counted(sums.sales))
            writer.member("returns", counted(sums.returns))
            writer.member("refunds", counted(sums.refunds))
            writer.member("net", text(sums.sales.minor + sums.returns.minor - sums.refunds.minor))
            writer.member("discount", text(sums.discountMinor))
            writer.member("tax", text(sums.taxMinor))
            writer.member("paid", text(sums.paidMinor))
            writer.name("tenders")
            writer.beginObject()
            for (kind, minor) in sums.tenders.sorted(by: { $0.key < $1.key }) { writer.member(kind, text(minor)) }
            writer.endObject()
            writer.member("untold_tenders", text(sums.paidMinor - sums.refunds.minor - told))
            writer.name("tax_rates")
            writer.beginArray()
            for share in sums.rates {
                writer.fragment(
                    JSONWriter.object { writer in
                        writer.member("rate", share.rate.text)
                        writer.member("gross", text(share.grossMinor))
                        writer.member("tax", text(share.taxMinor))
                    })
            }
            writer.endArray()
        }
    }
}
