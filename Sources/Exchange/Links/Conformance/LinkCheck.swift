/// One point of the protocol of links that a conformance report looks at on the other side (docs/links.md).
package struct LinkCheck: Hashable, Sendable {
    /// Names it for ever.
    package let code: String
    /// What the protocol says.
    package let says: String
    /// The heading of docs/links.md under which it says so.
    package let section: String
    /// On which ways it can be looked at.
    package let ways: Set<LinkWay>

    private init(_ code: String, _ says: String, _ section: String, _ ways: Set<LinkWay> = every) {
        (self.code, self.says, self.section, self.ways) = (code, says, section, ways)
    }

    private static let every: Set<LinkWay> = [.web, .tables, .folder]
    private static let (goesOut, comesIn, compared) = ("What goes out", "What comes in", "Both sides compared")
    private static let web = "The way `web`"

    // How it answers.

    package static let answer = LinkCheck("answer", "whatever is asked is answered, in time", goesOut)
    package static let signature = LinkCheck(
        "signature", "an answer is signed with the link's secret and has the id of its question", web, [.web])
    package static let clock = LinkCheck("clock", "its timestamp is at most 300 seconds off", web, [.web])
    package static let body = LinkCheck("body", "what is answered can be read: JSON, tables, files", goesOut)
    package static let understood = LinkCheck("understood", "what is asked rightly gets the code 0", web, [.web])
    package static let ping = LinkCheck("ping", "a ping is answered", web, [.web])

    // Records that go out.

    package static let verdicts = LinkCheck("verdicts", "of each record it is said what came of it", goesOut)
    package static let taken = LinkCheck("taken", "a record that fits its family is taken", goesOut)
    package static let known = LinkCheck(
        "known", "a record that is there and says the same is known", goesOut, [.web, .folder])
    package static let unfit = LinkCheck("unfit", "a record that does not fit is refused with a code", goesOut)
    package static let next = LinkCheck("next", "and the one behind it is taken all the same", goesOut)
    package static let unknownMember = LinkCheck(
        "unknownMember", "a member that the protocol does not know does no harm", web, [.web])
    package static let noBatch = LinkCheck(
        "noBatch", "what is no batch is refused, and what comes then is answered", goesOut, [.web, .folder])

    // Files.

    package static let fileThere = LinkCheck("fileThere", "a file that was brought is there", goesOut)
    package static let fileDigest = LinkCheck(
        "fileDigest", "bytes that have another digest than they are named by are not there as that file", goesOut)
    package static let fileFetched = LinkCheck(
        "fileFetched", "a file that is fetched has its digest, and one that is not there is said to be missing", web)

    // Who asks.

    package static let unsigned = LinkCheck(
        "unsigned", "what is signed with another secret is not done", web, [.web])
    package static let old = LinkCheck(
        "old", "what is signed for a moment more than 300 seconds ago is not done", web, [.web])
    package static let otherAddress = LinkCheck(
        "otherAddress", "what was said on one address does not count on another", web, [.web])

    // Records that come in.

    package static let marks = LinkCheck("marks", "the same mark gives the same page", web, [.web])
    package static let rows = LinkCheck(
        "rows", "what is offered fits its family and names its own dossier", comesIn)
    package static let receipts = LinkCheck(
        "receipts", "what came of a record, said twice, changes nothing", web, [.web])

    // The comparison.

    package static let holdings = LinkCheck(
        "holdings", "what was taken stands among the day's records, with its digest, and nothing else does", compared)
    package static let order = LinkCheck("order", "they are told in the order of family and key", web, [.web])
    package static let paging = LinkCheck("paging", "after a name come those behind it", web, [.web])

    /// In the order of a report.
    package static let all = [
        answer, signature, clock, body, understood, ping, verdicts, taken, known, unfit, next, unknownMember, noBatch,
        fileThere, fileDigest, fileFetched, unsigned, old, otherAddress, marks, rows, receipts, holdings, order, paging,
    ]

    /// As a table of docs/links.md.
    package static var table: String {
        let lines = all.map { check in
            let ways = [LinkWay.web, .tables, .folder].filter(check.ways.contains).map(\.rawValue)
            return "| `\(check.code)` | \(check.says) | \(ways.joined(separator: ", ")) |"
        }
        return (["| check | what the protocol says | ways |", "|---|---|---|"] + lines).joined(separator: "\n")
    }
}
