import Accounts
import ArgumentParser
import City
import Dossiers
import Foundation
import Hall
import Store
import Vocabulary

extension BenchCommand {
    /// `onewindow bench worklist`: what staff ask all day of a full house.
    struct Worklist: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists of work over HTTP: first and next pages, a name, a number, what stands red.")

        /// LIMIT: pages, names and numbers that are asked for in turn.
        private static let askedMax = 500

        @OptionGroup var bench: HouseBench

        func run() async throws {
            try await bench.run("worklist") { standing in
                let desk = try await Self.largest(
                    "SELECT at_body, SUM(CASE WHEN stage = 'inReview' THEN 1 ELSE 0 END) FROM dossier GROUP BY at_body",
                    standing)
                let officer = ["Cookie": try await standing.staff(.reviewer, body: desk)]
                let hall = try await Self.largest(
                    "SELECT hall, COUNT(*) FROM dossier WHERE hall <> '' GROUP BY hall", standing)
                let clerk = ["Cookie": try await standing.staff(.clerk, region: hall)]
                let supervisor = ["Cookie": try await standing.staff(.supervisor)]
                return try await [
                    AskedKind(name: "first page", paths: ["/office?view=pool"], headers: officer),
                    AskedKind(name: "next pages", paths: Self.pages(of: desk, standing), headers: officer),
                    AskedKind(name: "window", paths: ["/window"], headers: clerk),
                    AskedKind(name: "number", paths: Self.numbers(standing), headers: clerk, status: 303),
                    Self.names(standing),
                    AskedKind(name: "supervision", paths: ["/office/supervision"], headers: supervisor),
                ]
            }
        }

        private static func largest(_ sql: SQL, _ standing: HouseBench.Standing) async throws -> String {
            let rows = try await standing.rows("\(part: sql) ORDER BY 2 DESC, 1 LIMIT 1")
            guard let row = rows.first else { throw Fault.misconfigured("nothing waits in this house") }
            return try row.text(0)
        }

        /// The pages after every fiftieth line of a list.
        private static func pages(of body: String, _ standing: HouseBench.Standing) async throws -> [String] {
            let lines = try await standing.rows(
                """
                SELECT priority, due, id FROM dossier WHERE stage = 'inReview' AND at_body = \(body)
                ORDER BY priority, due, id LIMIT \(50 * askedMax)
                """)
            // Of a short list the last line: the page after it is empty.
            let places = stride(from: min(49, max(lines.count - 1, 0)), to: lines.count, by: 50)
            guard !lines.isEmpty else { return ["/office?view=pool"] }
            return try places.map { place in
                let row = lines[place]
                let id: DossierID = try row.id(2)
                return "/office?view=pool&after=\(try row.integer(0)).\(try row.integer(1)).\(id)"
            }
        }

        private static func numbers(_ standing: HouseBench.Standing) async throws -> [String] {
            let step = max(standing.dossiers / askedMax, 1)
            let rows = try await standing.rows(
                "SELECT short FROM dossier ORDER BY id LIMIT \(min(standing.dossiers, step * 20))")
            return try stride(from: 0, to: rows.count, by: max(rows.count / askedMax, 1)).map {
                "/window?q=\(try rows[$0].text(0))"
            }
        }

        /// Names of holders, as whoever keeps the certificates of a body looks for them.
        private static func names(_ standing: HouseBench.Standing) async throws -> AskedKind {
            let issuer = try await standing.rows(
                """
                SELECT k.code, k.number, COUNT(*) FROM certificate c JOIN certificate_code k ON k.number = c.issuer
                GROUP BY k.code, k.number ORDER BY 3 DESC, 1 LIMIT 1
                """)
            guard let row = issuer.first else { throw Fault.misconfigured("no certificates in this house") }
            let cookie = try await standing.staff(.decider, body: try row.text(0))
            let names = try await standing.rows(
                """
                SELECT n.name FROM certificate c JOIN certificate_holder_name n ON n.holder = c.holder
                WHERE c.issuer = \(try row.integer(1)) ORDER BY c.id, n.name LIMIT \(askedMax)
                """)
            let paths = try names.compactMap { row in
                try row.text(0).addingPercentEncoding(withAllowedCharacters: .alphanumerics)
            }.map { "/office/certificates?q=\($0)" }
            return AskedKind(name: "name", paths: paths, headers: ["Cookie": cookie])
        }
    }

    /// `onewindow bench statistics`: what supervision asks of the figures.
    struct Statistics: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Statistics over HTTP: a month, all months, a place, told apart, and the list behind a number.")

        @OptionGroup var bench: HouseBench

        func run() async throws {
            try await bench.run("statistics") { standing in
                let cookie = ["Cookie": try await standing.staff(.supervisor)]
                let last = Month(of: standing.now.day)
                let months = last.advanced(by: -9).through(last)
                let year = "from=\(last.advanced(by: -9))&to=\(last)"
                let places = try await standing.rows(
                    "SELECT region FROM dossier GROUP BY region ORDER BY region LIMIT 50")
                let regions = try places.map { try $0.text(0) }
                let page = "/office/statistics"
                return [
                    AskedKind(name: "month", paths: months.map { "\(page)?from=\($0)&to=\($0)" }, headers: cookie),
                    AskedKind(name: "year", paths: ["\(page)?\(year)"], headers: cookie),
                    AskedKind(
                        name: "year, told apart",
                        paths: ["month", "body", "item", "hall", "mode"].map { "\(page)?\(year)&by=\($0)" },
                        headers: cookie),
                    AskedKind(name: "place", paths: regions.map { "\(page)?\(year)&region=\($0)" }, headers: cookie),
                    AskedKind(
                        name: "list behind a number",
                        paths: ["filed", "accepted", "decided", "late"].map { "\(page)/cases?\(year)&figure=\($0)" },
                        headers: cookie),
                ]
            }
        }
    }

    /// `onewindow bench pages`: what anybody opens.
    struct Pages: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Guide pages, the home page and the search over HTTP, as a browser asks for them.")

        /// LIMIT: guides that are asked for in turn.
        private static let guidesMax = 100

        @OptionGroup var bench: HouseBench

        func run() async throws {
            try await bench.run("pages") { standing in
                let codes = try await standing.rows("SELECT code FROM item ORDER BY code LIMIT \(Self.guidesMax)")
                let browser = ["Accept": "text/html", "Accept-Encoding": "gzip, br", "Accept-Language": "zh-CN"]
                return [
                    AskedKind(name: "guide", paths: try codes.map { "/items/\(try $0.text(0))" }, headers: browser),
                    AskedKind(name: "home", paths: ["/"], headers: browser),
                    AskedKind(
                        name: "search", paths: ["/items?q=%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7", "/items?q=yyzz"],
                        headers: browser),
                ]
            }
        }
    }
}
