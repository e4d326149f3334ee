import Accounts
import Delivery
import Foundation
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `/window/originals/count` and `/office/originals/count`: 清点: the labels of everything that is there, one a line, and
/// what the count came to.
struct CountPage<Context: StaffContext> {
    let site: Site
    let door: Door

    /// LIMIT: characters of what was read, hyphens and ends of lines among them.
    private static var charactersMax: Int { CustodyCount.itemsMax * 20 }

    func get(_ request: Request, _ context: Context) async throws -> Response {
        let isClosing = !request.asked("closing").isEmpty
        return try await ask(context, isClosing: isClosing, typed: "", error: nil)
    }

    /// Counts, and says what is missing, read twice, of elsewhere or found.
    func post(_ request: Request, _ context: Context) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (typed, isClosing) = (form["labels"], !form["closing"].isEmpty)
        let lines = typed.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        let words = site.visit(context, door).words
        let wrong = lines.indices.filter { !lines[$0].isEmpty && CustodyCode(lines[$0]) == nil }
        guard wrong.isEmpty else {
            let numbers = words.list(wrong.prefix(10).map { words.number($0 + 1) })
            return try await ask(
                context, isClosing: isClosing, typed: typed, error: words("count.bad-lines", ["lines": numbers]))
        }
        guard let here = try await site.hall.originals(at: door.custody, of: context.guest) else {
            throw WindowRefusal.noSeat
        }
        let count = try await site.hall.count(
            here.holder, read: lines.filter { !$0.isEmpty }, by: context.guest)
        return try await answer(count, of: here, context)
    }

    private func ask(
        _ context: Context, isClosing: Bool, typed: String, error: String?
    ) async throws -> Response {
        let here = try await site.hall.originals(at: door.custody, of: context.guest)
        let visit = site.visit(context, door)
        let words = visit.words
        let names = try await CustodyNames([here?.holder].compactMap(\.self), site, words)
        return .page(
            visit.page(
                words["count.title"], crumbs: [PageLink(words["custody.desk"], Paths.originals(door))],
                hasErrors: error != nil
            ) { html in
                if let error { html.errorSummary([FieldError("labels", error)]) }
                if isClosing { html.banner(.warning, words["count.first"]) }
                html.title(words["count.title"], over: here.map { names[$0.holder] })
                guard let here else { return html.noSeat() }
                html.paragraph(words.count("count.here", here.count))
                html.form(Paths.originalsCount(door), site.tokens(context)) { html in
                    if isClosing { html.hidden("closing", "1") }
                    html.field(
                        Field(
                            "labels", words["count.labels"], .multiline(max: Self.charactersMax),
                            hint: words["count.labels-hint"], answer: Answer(typed, error: error)))
                    html.button(words["count.send"], key: "s")
                }
                if isClosing { closing(&html, context) }
            }, status: error == nil ? .ok : .init(code: 422))
    }

    /// Writes the way to close the window all the same.
    private func closing(_ html: inout HTML, _ context: Context) {
        let words = html.words
        html.unfold(words["count.close-uncounted"]) { html in
            html.paragraph(words["count.close-uncounted-help"])
            html.deed("/window/seat/closing", site.tokens(context)) { html in
                html.hidden("uncounted", "yes")
                html.button(words["count.close-uncounted"], .danger)
            }
        }
    }

    private func answer(
        _ count: CustodyCount, of here: Hall.OriginalsInHand, _ context: Context
    ) async throws -> Response {
        let visit = site.visit(context, door)
        let words = visit.words
        var called: [CustodyCode: String] = [:]
        for line in here.lines {
            called[line.item.code] = try await OriginalRow(line.item, of: line.dossier, site, words).material
        }
        let name = { (code: CustodyCode) in
            [code.description, called[code]].compactMap(\.self).joined(separator: " · ")
        }
        return .page(
            visit.page(words["count.title"], crumbs: [PageLink(words["custody.desk"], Paths.originals(door))]) { html in
                html.title(words["count.title"])
                html.banner(
                    count.isComplete ? .success : .error, words[count.isComplete ? "count.complete" : "count.differs"]
                ) { html in
                    html.paragraph(
                        words("count.sum", ["n": words.number(count.expected), "read": words.number(count.read)]))
                    if !count.missing.isEmpty { html.paragraph(words["count.reported"]) }
                }
                html.codes(words["count.missing"], count.missing.map(\.code).map(name))
                html.codes(words["count.found"], count.found.map(\.code).map(name))
                html.codes(words["count.elsewhere"], count.unexpected.map(name))
                html.codes(words["count.twice"], count.readTwice.map(name))
                html.buttons { html in
                    html.buttonLink(words["count.again"], Paths.originalsCount(door))
                    if door == .window {
                        html.deed("/window/seat/closing", site.tokens(context)) {
                            $0.button(words["queue.close"], .primary, key: "x")
                        }
                    }
                }
            })
    }
}

extension HTML {
    /// Writes codes under a heading; nothing where there are none.
    fileprivate mutating func codes(_ heading: String, _ codes: [String]) {
        guard !codes.isEmpty else { return }
        self.heading(heading)
        element("ul") { html in
            for code in codes { html.element("li", text: code) }
        }
    }
}
