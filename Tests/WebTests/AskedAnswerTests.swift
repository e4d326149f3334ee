import Catalogue
import Testing

@testable import Web

@Suite struct AskedAnswerTests {
    @Test func `every answer that a page offers is one that its guide takes`() throws {
        let catalogue = try DemonstrationCatalogue.shipped()
        let words = try WordTables.shipped().words(.portal, .zh)
        var kinds: Set<String> = []
        for guide in catalogue.guides {
            for field in guide.form.fields {
                var html = HTML(words: words)
                html.field(field.asked(catalogue.tables, words))
                let page = String(decoding: html.bytes, as: UTF8.self)
                for value in page.matches(of: /(?:type="(?:radio|checkbox)"|<option)[^>]* value="([^"]+)"/).map(\.1) {
                    let defects = field.defects(in: String(value), tables: catalogue.tables)
                    #expect(defects.isEmpty, "\(guide.standard.slug) \(field.id) does not take \(value)")
                    kinds.insert("\(field.type)")
                }
            }
        }
        #expect(kinds.isSuperset(of: ["boolean", "choice", "multichoice"]))
    }
}
