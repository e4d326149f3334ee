package import Papers
import Vocabulary

/// The seal of a paper as a page shows it.
package struct PaperSeal: Sendable {
    /// The `d` of its one path, in a square of 42 by 42.
    let path: String
    /// What it is, in words.
    let label: String

    /// A seal.
    package init(path: String, label: String) {
        (self.path, self.label) = (path, label)
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
    /// Writes a paper of the law as people know it: red head, number, title, body, the seal at the lower right. Papers
    /// are Chinese whatever the reader's language. `example` is what a paper that is none says of itself.
    package mutating func paper(_ parts: [PaperPart], seal: PaperSeal?, example: String? = nil) {
        element("article", .class("paper"), Attribute("lang", "zh-Hans-CN")) { html in
            if let example { html.element("p", .class("paper-example"), text: example) }
            for part in parts { html.part(part, seal) }
        }
    }

    /// Writes the translation of a paper beneath it.
    package mutating func translation(_ parts: [PaperPart]) {
        for part in parts { self.part(part, nil) }
    }

    private mutating func part(_ part: PaperPart, _ seal: PaperSeal?) {
        switch part {
        case .masthead(let body): element("p", .class("paper-head"), text: body)
        case .number(let number): element("p", .class("paper-number"), text: number)
        case .title(let title): element("h1", text: title)
        case .addressee(let text): element("p", .class("paper-to"), text: text)
        case .paragraph(let text): element("p", .class("paper-text"), text: text)
        case .heading(let text): element("h2", .class("paper-text"), text: text)
        case .list(let lines):
            if lines.count == 1 { return element("p", .class("paper-text"), text: lines[0]) }
            element("ol", .class("paper-list")) { html in
                for line in lines { html.element("li", text: line) }
            }
        case .table(let columns, _, let rows): table(columns, rows)
        case .facts(let facts):
            element("table", .class("paper-table")) { html in
                for fact in facts {
                    html.element("tr") { html in
                        html.element("th", Attribute("scope", "row"), text: fact.name)
                        html.element("td", text: fact.value)
                    }
                }
            }
        case .note(let text): element("p", .class("paper-note"), text: text)
        case .signature(let body, let day):
            element("div", .class("paper-sign")) { html in
                if let seal { html.seal(seal) }
                html.element("p", text: body)
                html.element("p", text: day)
            }
        case .signers(let labels, let drawing): blanks(labels, drawing)
        case .receipt(let text, let labels):
            element("p", .class("paper-taken"), text: text)
            blanks(labels)
        }
    }

    private mutating func table(_ columns: [String], _ rows: [[String]]) {
        element("table", .class("paper-table")) { html in
            html.element("tr") { html in
                for column in columns { html.element("th", Attribute("scope", "col"), text: column) }
            }
            for row in rows {
                html.element("tr") { html in
                    for cell in row { html.element("td", text: cell) }
                }
            }
        }
    }

    private mutating func blanks(_ labels: [String], _ drawing: DrawnSignature? = nil) {
        element("div", .class("paper-receipt")) { html in
            for (index, label) in labels.enumerated() {
                html.element("p") { html in
                    html.text(label)
                    if index == 0, let drawing { html.drawn(drawing) }
                }
            }
        }
    }

    /// A signature as it was drawn: its strokes, one path.
    private mutating func drawn(_ drawing: DrawnSignature) {
        let field = "0 0 \(DrawnSignature.width) \(DrawnSignature.height)"
        element(
            "svg", .class("drawn"), .data("viewBox", field), Attribute("role", "img"), .label(words["paper.drawn"])
        ) { html in
            html.element("path", .data("d", drawing.path), text: "")
        }
    }

    /// The seal, one path. What makes a paper valid is its signature, not this picture.
    private mutating func seal(_ seal: PaperSeal) {
        element(
            "svg", .class("seal"), .data("viewBox", "0 0 42 42"), Attribute("role", "img"), .label(seal.label)
        ) { html in
            html.element("path", .data("d", seal.path), text: "")
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
