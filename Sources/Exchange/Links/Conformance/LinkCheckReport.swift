package import Vocabulary

/// What was found on the other side of a link, point by point: the house's half of a conformance report.
package struct LinkCheckReport: Sendable {
    /// The version of docs/links.md; another one where something is asked otherwise.
    package static let version = "onewindow-links 1"

    package enum Standing: String, Sendable { case pass, fail, unseen }

    /// One point.
    package struct Line: Sendable {
        package let check: LinkCheck
        package let standing: Standing
        /// How often it was looked at, and how often it was not so.
        package let seen: Int
        package let bad: Int
        /// What was found where it was first not so.
        package let found: String
    }

    package let way: LinkWay
    package let address: String
    package let number: String
    package let time: Instant
    /// In the order of `LinkCheck.all`, those of the way alone.
    package let lines: [Line]

    /// Whether no point fails.
    package var isGood: Bool { !lines.contains { $0.standing == .fail } }

    /// Sums findings up.
    package init(_ findings: [LinkFinding], way: LinkWay, at address: String, number: String, time: Instant) {
        (self.way, self.address, self.number, self.time) = (way, address, number, time)
        lines = LinkCheck.all.filter { $0.ways.contains(way) }.map { check in
            let own = findings.filter { $0.check == check }
            let bad = own.filter { !$0.isGood }
            let standing: Standing = own.isEmpty ? .unseen : bad.isEmpty ? .pass : .fail
            return Line(
                check: check, standing: standing, seen: own.count, bad: bad.count, found: bad.first?.found ?? "")
        }
    }

    /// For machines: attach it to a report as it is.
    package var json: JSONValue {
        let checks = lines.map { line in
            JSONValue.record([
                "check": .text(line.check.code), "says": .text(line.check.says),
                "section": .text("docs/links.md, \(line.check.section)"), "standing": .text(line.standing.rawValue),
                "seen": .number(line.seen), "bad": .number(line.bad), "found": .text(line.found),
            ])
        }
        return .record([
            "protocol": .text(Self.version), "way": .text(way.rawValue), "at": .text(address),
            "number": .text(number), "time": .text("\(time)"), "isGood": .flag(isGood), "checks": .list(checks),
        ])
    }

    /// For people, a line each.
    package var text: String {
        let head = "\(Self.version), the way \(way.rawValue) at \(address), \(time), under the number \(number)"
        let each = lines.map { line in
            let standing = line.standing.rawValue
            let padded = standing + String(repeating: " ", count: 7 - standing.count)
            let found =
                line.found.isEmpty
                ? "" : "\n       found: \(line.found)\n       see docs/links.md, \(line.check.section)"
            let counts =
                line.seen == 0 ? "" : line.bad == 0 ? " (\(line.seen))" : " (\(line.bad) of \(line.seen) not so)"
            return "\(padded)\(line.check.code): \(line.check.says)\(counts)\(found)"
        }
        let sums = [Standing.pass, .fail, .unseen].map { standing in
            "\(lines.filter { $0.standing == standing }.count) \(standing.rawValue)"
        }
        return ([head] + each + [sums.joined(separator: ", ")]).joined(separator: "\n")
    }
}
