import Catalogue
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// The catalogue in figures, as everybody may read it.
@Suite struct FiguresPageTests {
    private static func page(_ client: some TestClientProtocol, _ query: String = "") async throws -> String {
        let response = try await client.execute(uri: "/figures" + query, method: .get)
        #expect(response.status == .ok)
        return String(buffer: response.body)
    }

    @Test func `the page shows what the same functions count`() async throws {
        try await DoorHouse.open { house in
            let figures = try await house.hall.catalogueFigures()
            let words = house.site.interior.tables.words(.portal, .zh)
            try await house.app.test(.router) { client in
                let page = try await Self.page(client)
                let compression = try #require(figures.whole.compression.basisPoints)
                for number in [
                    words.number(figures.whole.implementations), words.number(figures.whole.atMostOneTrip),
                    words.number(figures.whole.zeroTrip), words.number(figures.items.all), words.percent(compression),
                ] {
                    #expect(page.contains(">\(number)<"), "\(number)")
                }
                for (place, own) in figures.byPlace() {
                    let percent = try #require(own.compression.basisPoints)
                    #expect(page.contains("place=\(place.code)") && page.contains(words.percent(percent)))
                }
            }
        }
    }

    @Test func `one place shows its own, and its departments lead on`() async throws {
        try await DoorHouse.open { house in
            let figures = try await house.hall.catalogueFigures()
            let jinan = try #require(Region("350111"))
            let own = figures.figures(place: jinan)
            try await house.app.test(.router) { client in
                let page = try await Self.page(client, "?place=350111")
                #expect(page.contains(">\(own.implementations)<"))
                for department in figures.byDepartment(place: jinan).keys {
                    #expect(page.contains("/figures?place=350111&amp;department=\(department)"), "\(department)")
                }
            }
        }
    }

    @Test func `what the address cannot mean is not asked, and items come page by page`() async throws {
        try await DoorHouse.open { house in
            let figures = try await house.hall.catalogueFigures()
            try await house.app.test(.router) { client in
                let whole = try await Self.page(client)
                let odd = try await Self.page(client, "?place=999999&department=nobody&after=")
                #expect(odd.contains("全市"))
                #expect(whole.contains("/items?item="))
                let last = try #require(figures.byItem().last?.slug)
                let after = try await Self.page(client, "?after=\(last)")
                #expect(!after.contains("/items?item="))
            }
        }
    }

    @Test func `percents have two digits after the point`() throws {
        let words = try WordTables.shipped().words(.portal, .en)
        #expect(words.percent(8839) == "88.39%" && words.percent(5) == "0.05%" && words.percent(10_000) == "100.00%")
        #expect(words.percent(-150) == "−1.50%")
    }
}
