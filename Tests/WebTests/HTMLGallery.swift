import Foundation
import Testing
import Vocabulary

@testable import Web

/// The gallery: every kind of page from sample values, for goldens, checks of every page, and eyes.
struct Gallery {
    static let today = CivilDate(year: 2026, month: 11, day: 24) ?? CivilDate(daysSinceEpoch: 0)
    static let tokens = FormTokens(csrf: "csrf-sample", command: "command-sample")

    let interior: Interior
    let preferences: Preferences
    let words: Words

    init(_ preferences: Preferences) throws {
        self.preferences = preferences
        let tables = try WordTables.shipped()
        words = tables.words(.portal, preferences.language)
        interior = Interior(
            tables: tables, assets: try Assets.shipped(), siteChinese: "福州市政务服务",
            siteEnglish: "Fuzhou Government Services")
    }

    /// The sample's own words, in the reader's language.
    func t(_ chinese: String, _ english: String) -> String { words.pick(chinese, english) }

    func portal(_ path: String) -> Visit {
        var visit = Visit(interior, door: .portal, preferences: preferences, path: path)
        visit.navigation = [
            PageLink(t("首页", "Home"), "/"), PageLink(t("办事", "Services"), "/items"),
            PageLink(t("我的办件", "My cases"), "/dossiers"), PageLink(t("我的证照", "My certificates"), "/certificates"),
            PageLink(t("证照核验", "Verify"), "/verify"),
        ]
        visit.account = AccountMenu(
            name: t("林晓燕", "Lin Xiaoyan"), role: t("本人办事", "Acting for herself"),
            links: [
                PageLink(t("我的账户", "My account"), "/account"),
                PageLink(t("谁查看过我的材料", "Who saw my file"), "/account/looks"),
            ])
        visit.csrf = "csrf-sample"
        visit.footer = [
            PageLink(t("无障碍声明", "Accessibility"), "/accessibility"), PageLink(t("隐私说明", "Privacy"), "/privacy"),
            PageLink(t("公开日志", "Public log"), "/log"),
        ]
        return visit
    }

    func clerk(_ path: String) -> Visit {
        var visit = Visit(interior, door: .window, preferences: preferences, path: path)
        visit.navigation = [
            PageLink(t("收件", "Intake"), "/window/intake"), PageLink(t("出件", "Issue"), "/window/issuing"),
            PageLink(t("今日办件", "Today"), "/window/today"), PageLink(t("原件交接", "Custody"), "/window/custody"),
        ]
        visit.account = AccountMenu(
            name: t("陈立", "Chen Li"), role: t("市政务服务中心 3 楼 12 号窗口", "Municipal centre, floor 3, window 12"))
        visit.csrf = "csrf-sample"
        return visit
    }

    func officer(_ path: String) -> Visit {
        var visit = Visit(interior, door: .office, preferences: preferences, path: path)
        visit.navigation = [
            PageLink(t("待办", "To do"), "/office/dossiers"), PageLink(t("已办", "Done"), "/office/done"),
            PageLink(t("事项", "Catalogue"), "/office/items"), PageLink(t("效能", "Supervision"), "/office/figures"),
        ]
        visit.account = AccountMenu(name: t("郑敏", "Zheng Min"), role: t("食品经营许可 · 审查", "Food licences, review"))
        visit.csrf = "csrf-sample"
        return visit
    }

    /// Every page of the gallery by name.
    func pages() throws -> [(name: String, html: HTML)] {
        [
            ("home", home()), ("guide", guide()), ("apply", apply()), ("kinds", kinds()), ("check", check()),
            ("dossier", try dossier()), ("window", window()), ("office", office()), ("issuing", issuing()),
            ("notice", notice()), ("receipt", receipt()), ("verify", verify()), ("supervision", supervision()),
        ]
    }

    /// A clock bar over real days: from the day it was set to the due day.
    func clock(from start: CivilDate, due: CivilDate, paused: ClosedRange<CivilDate>?) throws -> ClockBar {
        let calendar = try WorkCalendar.shipped()
        var days = [ClockDay(start, .start)]
        while let last = days.last?.day, last < due {
            let day = last.advanced(byDays: 1)
            let isPaused = paused?.contains(day) ?? false
            let kind: ClockDay.Kind =
                isPaused
                ? .paused(t("现场核查", "on-site inspection"))
                : calendar.isWorkingDay(day) ? .working : .off(calendar.name(of: day))
            days.append(ClockDay(day, kind))
        }
        return ClockBar(days: days, today: Self.today, due: due)
    }

    static func day(_ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: 2026, month: month, day: day) ?? today
    }
}

@Suite("Gallery") struct HTMLGalleryWriting {
    @Test(
        "the gallery is written to the folder that GALLERY names",
        .enabled(if: ProcessInfo.processInfo.environment["GALLERY"] != nil))
    func write() throws {
        let folder = URL(filePath: try #require(ProcessInfo.processInfo.environment["GALLERY"]))
        try FileManager.default.createDirectory(
            at: folder.appending(path: "assets"), withIntermediateDirectories: true)
        for asset in try Assets.shipped().all {
            try Data(asset.bytes).write(to: folder.appending(path: String(asset.path.dropFirst())))
        }
        for language in Language.allCases {
            for theme in [Preferences.Theme.light, .dark] {
                for isElder in [false, true] {
                    let look = Preferences(language: language, theme: theme, isElder: isElder)
                    for (name, html) in try Gallery(look).pages() {
                        let size = isElder ? "elder" : "usual"
                        let file = "\(name)-\(language.rawValue)-\(theme.rawValue)-\(size).html"
                        try Data(html.bytes).write(to: folder.appending(path: file))
                        #expect(html.bytes.count < 100_000)
                    }
                }
            }
        }
    }
}
