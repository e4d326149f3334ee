import Testing
import Vocabulary

@testable import Web

/// What holds for every page of the gallery, in both languages and sizes.
@Suite("Every page") struct HTMLPageTests {
    static let looks = Language.allCases.flatMap { language in
        [false, true].map { Preferences(language: language, theme: .automatic, isElder: $0) }
    }

    private func pages(_ look: Preferences) throws -> [(name: String, text: String)] {
        try Gallery(look).pages().map { ($0.name, String(decoding: $0.html.bytes, as: UTF8.self)) }
    }

    @Test(arguments: looks)
    func `no page needs inline style or script`(look: Preferences) throws {
        for (name, text) in try pages(look) {
            #expect(text.firstMatch(of: /<[^>]* style=/) == nil, "\(name)")
            #expect(text.firstMatch(of: /<[^>]* on[a-z]+=/) == nil, "\(name)")
            #expect(!text.contains("<style"), "\(name)")
            let scripts = text.matches(of: /<script[^>]*>([^<]*)<\/script>/)
            #expect(scripts.count == 1 && scripts.allSatisfy { $0.1.isEmpty }, "\(name)")
        }
    }

    @Test(arguments: looks)
    func `tags nest, ids are single, and whatever is pointed at exists`(look: Preferences) throws {
        for (name, text) in try pages(look) {
            #expect(try Markup(text).problems == [], "\(name)")
        }
    }

    @Test(arguments: looks)
    func `every control has a label, and every help and error is tied to its control`(look: Preferences) throws {
        for (name, text) in try pages(look) {
            let labelled = Set(text.matches(of: /<label for="([^"]+)"/).map { String($0.1) })
            let described = Set(
                text.matches(of: /aria-describedby="([^"]+)"/).flatMap { $0.1.split(separator: " ").map(String.init) })
            for control in text.matches(of: /<(?:input|select|textarea)([^>]*)>/) {
                let attributes = String(control.1)
                if attributes.contains("type=\"hidden\"") { continue }
                let id = try #require(attributes.firstMatch(of: /\sid="([^"]+)"/), "\(name) \(attributes)")
                #expect(labelled.contains(String(id.1)), "\(name) \(id.1)")
            }
            for remark in text.matches(of: /<p class="(?:hint|mistake|origin)" id="([^"]+)"/) {
                #expect(described.contains(String(remark.1)), "\(name) \(remark.1)")
            }
        }
    }

    @Test(arguments: looks)
    func `every page has its language, a title, one main, one first heading, and a skip link`(look: Preferences) throws
    {
        for (name, text) in try pages(look) {
            #expect(text.hasPrefix("<!doctype html><html lang=\"\(look.language.tag)\""), "\(name)")
            #expect(text.matches(of: /<title>[^<]+<\/title>/).count == 1, "\(name)")
            #expect(text.matches(of: /<main[ >]/).count == 1, "\(name)")
            let headings = text.matches(of: /<h1[ >]/).count
            #expect(headings == 1 || name == "window" && headings == 1, "\(name) has \(headings) first headings")
            if !text.contains("data-door=\"sheet\"") {
                #expect(text.contains("class=\"skip\" href=\"#main\""), "\(name)")
            }
        }
    }

    @Test(arguments: looks)
    func `every form that posts carries the token against forged requests`(look: Preferences) throws {
        for (name, text) in try pages(look) {
            for form in text.matches(of: /<form[^>]*method="post"[^>]*>(.{0,60})/) {
                #expect(form.1.hasPrefix("<input type=\"hidden\" name=\"csrf\""), "\(name)")
            }
        }
    }

    @Test func `in English no Chinese is left but names of languages and papers of the law`() throws {
        for (name, text) in try pages(Preferences(language: .en)) where name != "notice" {
            let rest = text.replacing(/lang="zh-Hans-CN">中文/, with: "")
            let chinese = rest.matches(of: /[\u{4E00}-\u{9FFF}]+/).map { String($0.0) }
            #expect(chinese == [], "\(name)")
        }
    }

    @Test func `style and script stay small`() throws {
        let assets = try Assets.shipped()
        let sizes = Dictionary(uniqueKeysWithValues: assets.all.map { ($0.name, $0.bytes.count) })
        #expect(try #require(sizes["onewindow.css"]) + #require(sizes["screen.css"]) < Assets.styleBytesMax)
        #expect(try #require(sizes["onewindow.js"]) < Assets.scriptBytesMax)
    }

    @Test func `every class that pages use is styled or means something to scripts`() throws {
        let style = String(
            decoding: try #require(Assets.shipped().all.first { $0.name == "onewindow.css" }).bytes, as: UTF8.self)
        var used: Set<String> = []
        for (_, text) in try pages(Preferences()) {
            for match in text.matches(of: /\sclass="([^"]+)"/) {
                used.formUnion(match.1.split(separator: " ").map(String.init))
            }
        }
        #expect(used.filter { !style.contains(".\($0)") }.sorted() == [])
    }
}

/// A reader of markup strict enough to find a tag that nobody closed.
struct Markup {
    private static let voids: Set<String> = ["input", "meta", "link", "br", "hr", "img"]
    private static let shapes: Set<String> = ["path", "circle", "rect"]
    private(set) var problems: [String] = []

    init(_ text: String) throws {
        var open: [String] = []
        var ids: Set<String> = []
        var wanted: [String] = []
        for tag in text.matches(of: /<(\/?)([a-z0-9]+)([^>]*)>/) {
            let (name, rest) = (String(tag.2), String(tag.3))
            if tag.1 == "/" {
                if open.last == name {
                    open.removeLast()
                } else {
                    problems.append("</\(name)> after \(open.suffix(2))")
                }
                continue
            }
            if let id = rest.firstMatch(of: /\sid="([^"]+)"/), !ids.insert(String(id.1)).inserted {
                problems.append("two of id \(id.1)")
            }
            for pointer in rest.matches(of: /\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"/) {
                wanted += pointer.1.split(separator: " ").map(String.init)
            }
            if let anchor = rest.firstMatch(of: /\shref="#([^"]+)"/) { wanted.append(String(anchor.1)) }
            let isClosed = Self.voids.contains(name) || Self.shapes.contains(name) && rest.hasSuffix("/")
            if !isClosed { open.append(name) }
        }
        problems += open.map { "<\($0)> stays open" }
        problems += wanted.filter { !ids.contains($0) }.map { "nothing has id \($0)" }
    }
}
