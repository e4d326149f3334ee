package import Vocabulary

/// The slip that says what was handed in, when, and to whom (收件凭证).
package struct ReceiptSlip: Sendable {
    /// One material on the slip.
    package struct Line: Sendable {
        let name: String
        let count: String

        /// A material with its form and number: `原件 1 份`.
        package init(_ name: String, _ count: String) {
            self.name = name
            self.count = count
        }
    }

    package let number: String
    package let item: String
    package let applicant: String
    package let receivedAt: Instant
    package let lines: [Line]
    /// Who received it; empty for what was filed online.
    package var clerk = ""
    /// The place of receipt: hall and window.
    package var place = ""
    /// The word with which strangers to the portal can ask how it stands; empty when it is sent another way.
    package var password = ""
    /// The code that leads to the case.
    package var code: DotMatrix?

    /// A slip.
    package init(number: String, item: String, applicant: String, receivedAt: Instant, lines: [Line]) {
        self.number = number
        self.item = item
        self.applicant = applicant
        self.receivedAt = receivedAt
        self.lines = lines
    }
}

extension HTML {
    /// Writes a receipt slip; `next` writes what happens next and by when.
    package mutating func receipt(_ slip: ReceiptSlip, issuer: String, next: (inout HTML) -> Void) {
        element("article", .class("slip")) { html in
            html.element("header") { html in
                html.element("div") { html in
                    html.element("p", .class("note"), text: issuer)
                    html.element("h1", text: html.words["receipt.title"])
                }
                if let code = slip.code { html.dots(code, label: html.words["receipt.code"]) }
            }
            html.slipFacts(slip)
            html.element("h2", text: html.words["receipt.materials"])
            html.element("ol", .class("slip-lines")) { html in
                for line in slip.lines {
                    html.element("li") { html in
                        html.element("span", text: line.name)
                        html.element("span", .class("note"), text: line.count)
                    }
                }
            }
            html.element("h2", text: html.words["receipt.next"])
            next(&html)
            html.element("footer") { html in
                if !slip.clerk.isEmpty {
                    html.element("p", text: html.words("receipt.clerk", ["name": slip.clerk]))
                    html.element("p", text: html.words["receipt.signature"])
                }
            }
        }
    }

    private mutating func slipFacts(_ slip: ReceiptSlip) {
        facts { html in
            html.fact(html.words["receipt.number"]) { html in
                html.copyable(slip.number, name: html.words["receipt.number"])
            }
            html.fact(html.words["receipt.item"]) { $0.text(slip.item) }
            html.fact(html.words["receipt.applicant"]) { $0.text(slip.applicant) }
            html.fact(html.words["receipt.received"]) { $0.moment(slip.receivedAt) }
            if !slip.place.isEmpty { html.fact(html.words["receipt.place"]) { $0.text(slip.place) } }
            if !slip.password.isEmpty {
                html.fact(html.words["receipt.password"]) { html in
                    html.copyable(slip.password, name: html.words["receipt.password"])
                }
            }
        }
    }
}
