/// Something that an application needs, as its applicant sees it before starting.
package struct NeedRow: Sendable {
    /// Where the thing stands for this very applicant.
    package enum Standing: Sendable, Hashable {
        /// Held already: the certificate or earlier paper that serves, in words.
        case held(String)
        /// Made by the house itself, and how, in words.
        case made(String)
        /// To be handed in.
        case wanted
        /// May follow after acceptance (容缺), until a day in words.
        case mayFollow(String)
    }

    package let name: String
    /// Form and number: `原件 1 份`; empty when nothing need be said.
    package let detail: String
    package let standing: Standing
    /// Blank forms, samples.
    package let links: [PageLink]
    /// In which situation alone it is needed; empty for any.
    package var circumstances = ""
    /// Why what is held does not serve, and what to do; empty where nothing is held in vain.
    package var unfit = ""

    /// A thing that is needed.
    package init(_ name: String, detail: String, standing: Standing, links: [PageLink] = []) {
        self.name = name
        self.detail = detail
        self.standing = standing
        self.links = links
    }
}

/// What a clerk finds about one material; each has a key in a checklist.
package enum MaterialResult: String, Sendable, CaseIterable {
    case meets, defective, missing, mayFollow

    var word: Word {
        switch self {
        case .meets: Word("material.meets")
        case .defective: Word("material.defective")
        case .missing: Word("material.missing")
        case .mayFollow: Word("material.may-follow")
        }
    }
}

/// One material on a clerk's checklist.
package struct CheckRow: Sendable {
    /// The material's code: the radio buttons are named `material-CODE`.
    package let code: String
    package let name: String
    /// Form, number, kept or returned: `原件 1 份 · 核验后退还`.
    package let demand: String
    /// The acceptance standard (受理标准), word for word.
    package let standard: String
    /// What was found so far.
    package var result: MaterialResult?
    /// The certificate that serves in its place; the line is then ticked and locked.
    package var heldBy: String?
    /// Why what is held does not serve, and what to do; empty where nothing is held in vain.
    package var unfit = ""
    /// Which results this material allows; `mayFollow` only where the guide does.
    package var allowed: [MaterialResult] = [.meets, .defective, .missing]
    /// Scans and uploads of it.
    package var files: [PageLink] = []

    /// A line to be checked.
    package init(code: String, name: String, demand: String, standard: String) {
        self.code = code
        self.name = name
        self.demand = demand
        self.standard = standard
    }
}

extension HTML {
    /// Writes what an applicant needs, with what is held already ticked.
    package mutating func needs(_ rows: [NeedRow]) {
        element("ul", .class("needs")) { html in
            for row in rows { html.need(row) }
        }
    }

    private mutating func need(_ row: NeedRow) {
        let isHeld =
            switch row.standing {
            case .held, .made: true
            case .wanted, .mayFollow: false
            }
        element("li", .class(isHeld ? "held" : nil)) { html in
            html.element("span", .class("need-box"), Attribute("aria-hidden", "true")) { html in
                if isHeld { html.icon(.check) }
            }
            html.element("div") { html in
                html.element("p", .class("need-name"), text: row.name)
                switch row.standing {
                case .made(let how): html.element("p", .class("good"), text: how)
                case .held(let by): html.element("p", .class("good"), text: html.words("need.held", ["by": by]))
                case .wanted: html.note(row.detail.isEmpty ? html.words["need.wanted"] : row.detail)
                case .mayFollow(let until): html.note(html.words("need.may-follow", ["until": until]))
                }
                if !row.unfit.isEmpty { html.element("p", .class("bad"), text: row.unfit) }
                if !row.circumstances.isEmpty {
                    html.element("p", .class("need-when"), text: row.circumstances)
                }
                if !row.links.isEmpty {
                    html.element("p", .class("links")) { html in
                        for link in row.links { html.link(link, icon: .file) }
                    }
                }
            }
        }
    }

    /// Writes a clerk's checklist: standard beside each material, and one key for each result. Within a form.
    ///
    /// The line that has the focus takes `1` to `4` as its result and the focus goes on to the next open line.
    package mutating func checklist(_ rows: [CheckRow]) {
        element("ol", .class("checklist"), .flag("data-checklist")) { html in
            for row in rows {
                html.element("li", .class(row.heldBy == nil ? nil : "held"), .flag("data-row", row.heldBy == nil)) {
                    $0.check(row)
                }
            }
        }
    }

    private mutating func check(_ row: CheckRow) {
        element("fieldset", .describedBy(["standard-" + row.code])) { html in
            html.element("legend", text: row.name)
            html.element("p", .class("note"), text: row.demand)
            html.element("p", .class("standard"), .id("standard-" + row.code)) { html in
                html.element("b", text: html.words["material.standard"])
                html.text(row.standard)
            }
            if !row.files.isEmpty {
                html.element("p", .class("links")) { html in
                    for file in row.files { html.link(file, icon: .file) }
                }
            }
            if !row.unfit.isEmpty { html.element("p", .class("bad"), text: row.unfit) }
            if let held = row.heldBy {
                html.element("p", .class("good")) { html in
                    html.icon(.lock)
                    html.say("material.held", ["by": held])
                }
            } else {
                html.results(row)
            }
        }
    }

    private mutating func results(_ row: CheckRow) {
        element("div", .class("results")) { html in
            for (index, result) in row.allowed.enumerated() {
                let id = "material-\(row.code)-\(result.rawValue)"
                html.element("span", .class("result")) { html in
                    html.void(
                        "input", Attribute("type", "radio"), .id(id), .data("name", "material-" + row.code),
                        .data("value", result.rawValue), .flag("checked", row.result == result),
                        .data("data-digit", "\(index + 1)"))
                    html.element("label", .data("for", Attribute.identifier(id))) { html in
                        html.text(html.words[result.word])
                        html.element("kbd", Attribute("aria-hidden", "true"), text: "\(index + 1)")
                    }
                }
            }
        }
    }
}
