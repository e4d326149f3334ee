import Dossiers
import Vocabulary

/// The public list of grants as a page shows it.
struct GrantsView {
    /// Something that the list is narrowed to.
    struct Chosen {
        let kind: PublicNameTable.Kind
        let name: String
    }

    let asked: GrantsAsked
    let grants: [PublicGrant]
    let choices: [PublicNameTable.Name]
    let chosen: [Chosen]
    let names: [String: (item: String, body: String)]
    let today: CivilDate
    let words: Words

    /// Writes the search, and what the list is narrowed to with the way back.
    func search(_ html: inout HTML) {
        var box = SearchBox(words["grants.search"], action: "/grants")
        (box.placeholder, box.question) = (words["grants.search"], asked.words)
        box.kept = asked.fields(words: "").filter { !$0.value.isEmpty }
        html.search(box)
        html.note(words["grants.search-hint"])
        html.filters("/grants") { html in
            html.monthChoice(asked.month, today: today)
            for field in asked.fields(words: "") where "\(field.name)" != "month" && !field.value.isEmpty {
                html.hidden(field.name, field.value)
            }
        }
        guard !chosen.isEmpty else { return }
        html.element("ul") { html in
            for one in chosen {
                html.element("li") { html in
                    html.text(words("grants.narrowed", ["kind": words[one.kind.word], "name": one.name]))
                    html.raw(" ")
                    html.element("a", .href(asked.address(one.kind, "")), text: words["grants.widen"])
                }
            }
        }
    }

    /// Writes the names that the words may mean.
    func choices(_ html: inout HTML) {
        for kind in PublicNameTable.Kind.allCases {
            let own = choices.filter { $0.kind == kind }
            guard !own.isEmpty else { continue }
            html.subheading(words[kind.word])
            html.element("ul") { html in
                for name in own {
                    html.element("li") { html in
                        html.element("a", .href(asked.address(kind, name.code)), text: name.name)
                    }
                }
            }
        }
    }

    /// Writes the grants, or what to try when there is none.
    func table(_ html: inout HTML) {
        guard choices.isEmpty else { return }
        let columns = [
            words["grants.number"], words["column.item"], words["column.body"], words["grants.holder"],
            words["grants.decided"], words["grants.until"], words["column.state"],
        ]
        html.publicTable(words["grants.title"], columns, grants) { html in
            html.empty(
                words["grants.none"], words["grants.none-help"],
                action: asked.address() == "/grants" ? nil : PageLink(words["grants.all"], "/grants"))
        } row: { html, grant in
            row(&html, grant, columns)
        }
    }

    private func row(_ html: inout HTML, _ grant: PublicGrant, _ columns: [String]) {
        html.headCell(grant.number)
        html.cell { html in
            html.element(
                "a", .href(asked.address(.item, grant.catalogCode)),
                text: names[grant.itemCode]?.item ?? grant.itemName)
        }
        html.cell { html in
            html.element(
                "a", .href(asked.address(.body, grant.body.code)), text: names[grant.itemCode]?.body ?? grant.bodyName)
        }
        html.cell(named: columns[3]) { html in
            guard let code = grant.holderCode?.code else { return html.text(grant.holder) }
            html.element("a", .href(asked.address(.holder, code)), text: grant.holder)
            html.element("div", .class("note"), text: code)
        }
        html.cell(named: columns[4]) { $0.text(words.plainDate(grant.decidedOn)) }
        html.cell(named: columns[5]) { $0.text(grant.validUntil.map(words.plainDate) ?? words["grants.long-term"]) }
        html.cell { html in
            html.tag(words.tag(grant.standing(on: today)))
            if let end = grant.end { html.element("div", .class("note"), text: words.plainDate(end.day)) }
        }
    }
}

extension PublicNameTable.Kind {
    var word: Word {
        switch self {
        case .item: Word("column.item")
        case .body: Word("column.body")
        case .holder: Word("grants.organisation")
        }
    }
}

extension Words {
    /// What is true of a grant, in a word.
    func tag(_ standing: PublicGrant.Standing) -> Tag {
        switch standing {
        case .valid: Tag(self["grants.valid"], .good)
        case .expired: Tag(self["grants.expired"])
        case .recalled: Tag(self["grants.recalled"], .bad)
        case .revoked: Tag(self["grants.revoked"], .bad)
        case .cancelled: Tag(self["grants.cancelled"], .bad)
        case .changed: Tag(self["grants.changed"])
        }
    }
}
