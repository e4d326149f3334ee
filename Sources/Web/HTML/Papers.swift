package import Vocabulary

/// A paper of the law as people know it: red head, number, title, body, seal at the lower right.
package struct PaperSheet: Sendable {
    /// The body that speaks, in full.
    package let body: String
    /// `榕审受〔2026〕第0001号`.
    package let number: String
    package let title: String
    /// To whom it is addressed.
    package let addressee: String
    package let day: CivilDate
    /// Whether the body's seal stands on it; a draft has none.
    package var isSealed = true
    /// Whether the paper is from a demonstration; the seal then says so.
    package var isDemonstration = false
    /// Whether whoever takes it signs for it below: papers that are handed over at a window.
    package var isSignedFor = false

    /// A paper.
    package init(body: String, number: String, title: String, addressee: String, day: CivilDate) {
        self.body = body
        self.number = number
        self.title = title
        self.addressee = addressee
        self.day = day
    }
}

/// A square of dark and light modules, as a QR encoder makes it.
package struct DotMatrix: Sendable {
    /// LIMIT: modules to a side, those of the largest QR code.
    package static let sideMax = 177

    let rows: [[Bool]]

    /// True is dark. Refuses, by precondition, what is not a square of at most 177.
    package init(_ rows: [[Bool]]) {
        precondition(rows.count <= Self.sideMax && rows.allSatisfy { $0.count == rows.count }, "not a square")
        self.rows = rows
    }

    /// One path of horizontal runs, small enough to stand in the page.
    var path: String {
        var path = ""
        for (y, row) in rows.enumerated() {
            var x = 0
            while x < row.count {
                guard row[x] else { x += 1; continue }
                let end = row[x...].firstIndex(of: false) ?? row.count
                path += "M\(x) \(y)h\(end - x)v1H\(x)z"
                x = end
            }
        }
        return path
    }
}

extension HTML {
    /// Writes a paper. Papers are Chinese whatever the reader's language; the closure writes paragraphs.
    package mutating func paper(_ sheet: PaperSheet, content: (inout HTML) -> Void) {
        element("article", .class("paper"), Attribute("lang", "zh-Hans-CN")) { html in
            html.element("p", .class("paper-head"), text: sheet.body)
            html.element("p", .class("paper-number"), text: sheet.number)
            html.element("h1", text: sheet.title)
            html.element("p", .class("paper-to"), text: sheet.addressee + "\u{FF1A}")
            html.element("div", .class("paper-body"), children: content)
            html.element("div", .class("paper-sign")) { html in
                if sheet.isSealed { html.seal(sheet) }
                html.element("p", text: sheet.body)
                let (year, month, day) = sheet.day.parts
                html.element("p", text: "\(year)年\(month)月\(day)日")
            }
            if sheet.isSignedFor {
                html.element("div", .class("paper-receipt")) { html in
                    html.element("p", text: "签收人（签名）：")
                    html.element("p", text: "签收日期：")
                }
            }
        }
    }

    /// The round seal: the name on its arc, a star within. What makes a paper valid is its signature, not this picture.
    private mutating func seal(_ sheet: PaperSheet) {
        let degrees = min(250, sheet.body.count * 24)
        element(
            "svg", .class("seal"), Attribute("viewBox", "0 0 200 200"), Attribute("role", "img"),
            .label("\(sheet.body)印章" + (sheet.isDemonstration ? "（演示）" : ""))
        ) { html in
            html.raw("<circle cx=\"100\" cy=\"100\" r=\"94\"/>")
            html.raw("<path class=\"star\" d=\"M100 70l7 22h23l-18.5 13.5 7 22L100 114l-18.5 13.5 7-22L70 92h23z\"/>")
            let characters = Array(sheet.body)
            for (index, character) in characters.enumerated() {
                let step = characters.count > 1 ? degrees * index / (characters.count - 1) : degrees / 2
                html.element(
                    "text", Attribute("x", "100"), Attribute("y", "33"),
                    .data("transform", "rotate(\(step - degrees / 2) 100 100)"), text: String(character))
            }
            if sheet.isDemonstration {
                html.element("text", .class("seal-foot"), Attribute("x", "100"), Attribute("y", "154"), text: "演示")
            }
        }
    }

    /// Writes a square of modules as a picture that prints sharp; the label says where it leads.
    package mutating func dots(_ matrix: DotMatrix, label: String) {
        let side = matrix.rows.count
        element(
            "svg", .class("dots"), .data("viewBox", "-4 -4 \(side + 8) \(side + 8)"), Attribute("role", "img"),
            .label(label), Attribute("shape-rendering", "crispEdges")
        ) { html in
            html.element(
                "rect", Attribute("x", "-4"), Attribute("y", "-4"), .data("width", "\(side + 8)"),
                .data("height", "\(side + 8)"), text: "")
            html.element("path", .data("d", matrix.path), text: "")
        }
    }
}
