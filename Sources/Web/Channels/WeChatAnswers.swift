import Catalogue
import Hall
import Vocabulary

/// What the official account says: a question in, the right guide out.
struct WeChatAnswers {
    /// LIMIT: articles of an answer to what somebody wrote or sent (WeChat takes one since October 2018).
    static let articlesToMessage = 1
    /// LIMIT: articles of an answer to a button of the menu.
    static let articlesToButton = 8
    /// LIMIT: guides that an answer in text names.
    static let linksMax = 5
    /// LIMIT: bytes of an answer in text.
    static let textBytesMax = 2048
    /// LIMIT: items that a question is held against.
    private static let itemsMax = 60
    /// So many digits in a row are the number of a dossier, of a card or of a telephone, and no question.
    private static let numberDigitsMin = 8

    let site: Site
    /// The channel speaks Chinese.
    private let words: Words

    init(site: Site) {
        self.site = site
        words = site.interior.tables.words(.portal, .zh)
    }

    func reply(to kind: WeChatMessage.Kind) async throws -> WeChatReply {
        switch kind {
        case .silent: .silence
        case .subscription:
            .text(words("wechat.greeting", ["site": site.interior.siteChinese]) + "\n" + examples)
        case .other, .text(""), .click(""): .text(words["wechat.text-only"] + "\n" + examples)
        case .text(let text) where isAboutDossier(text):
            // Whoever holds the slip could be overheard here: number and password go to the page only.
            .text(words("wechat.dossier", ["address": address("/lookup")]))
        case .text(let question): try await guides(question, articlesMax: Self.articlesToMessage)
        case .click(let question): try await guides(question, articlesMax: Self.articlesToButton)
        }
    }

    private func isAboutDossier(_ text: String) -> Bool {
        if text.hasPrefix(words["wechat.dossier-word"]) { return true }
        let digits = text.utf8.split { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.contains { $0.count >= Self.numberDigitsMin }
    }

    /// The guides that fit: as many as WeChat shows as articles; where more fit than that, links in a text.
    private func guides(_ question: String, articlesMax: Int) async throws -> WeChatReply {
        let places = [Region.fujian] + site.regions.entries.map(\.region)
        let lines = try await site.hall.items(ItemQuery(question, in: places, limit: Self.itemsMax)).found.map(\.line)
        let choices = Self.choices(lines)
        if choices.isEmpty { return .text(words["wechat.none"] + "\n" + examples) }
        let areArticles = choices.count <= articlesMax || articlesMax > 1
        var items: [ItemVersion] = []
        for line in choices.prefix(areArticles ? articlesMax : Self.linksMax) {
            guard let item = try await site.hall.item(line.itemCode) else {
                throw Fault.corrupt("an item without a version")
            }
            items.append(item)
        }
        return areArticles ? .news(items.map(article)) : .text(links(items, question))
    }

    /// Of each kind of item the first; of one kind all its bodies.
    private static func choices(_ lines: [ItemLine]) -> [ItemLine] {
        var seen: Set<String> = []
        let kinds = lines.filter { seen.insert($0.slug).inserted }
        return kinds.count == 1 ? lines : kinds
    }

    private func article(_ item: ItemVersion) -> WeChatReply.Article {
        WeChatReply.Article(
            title: words("wechat.title", ["item": name(item), "body": item.guide.body.name]),
            description: promise(item) + "\n" + words.edition(of: item), address: address(Paths.item(item.itemCode)))
    }

    /// A text with a link for each guide, as far as it may be long, and one to everything that was found.
    private func links(_ items: [ItemVersion], _ question: String) -> String {
        let all = link(words["wechat.all"], "/items?q=\(Paths.query(question))")
        var text = words["wechat.several"]
        for item in items {
            let next =
                "\n\n" + link(name(item), Paths.item(item.itemCode))
                + "\n" + item.guide.body.name + "\n" + promise(item) + "\n" + words.edition(of: item)
            if text.utf8.count + next.utf8.count + all.utf8.count + 2 > Self.textBytesMax { break }
            text += next
        }
        return text.utf8.count + all.utf8.count + 2 > Self.textBytesMax ? text : text + "\n\n" + all
    }

    private func name(_ item: ItemVersion) -> String { item.guide.title.zh }

    private func promise(_ item: ItemVersion) -> String { words.promise(of: item.guide) }

    private var examples: String { words["wechat.examples"] }

    private func address(_ path: String) -> String { site.press.address.absolute(path) }

    /// WeChat makes links of `a` in a text; what could end one early becomes another bracket.
    private func link(_ text: String, _ path: String) -> String {
        let plain = text.replacing("<", with: "‹").replacing(">", with: "›")
        return "<a href=\"\(address(path))\">\(plain)</a>"
    }
}
