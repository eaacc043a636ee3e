//! Messages in one of LINE's four layouts.

use super::{
    action::Home,
    node::{Check, Limit, NEEDED, Node, OPTIONAL},
};

impl Check {
    pub(super) fn template(&mut self, message: &Node) {
        self.text(&message.child("altText"), NEEDED, Limit::Units(1_500));
        let template = message.child("template");
        if !self.object(&template, NEEDED) {
            return;
        }
        let template = template.within(message, "template");
        let kinds = ["buttons", "confirm", "carousel", "image_carousel"];
        match self.one_of(&template.child("type"), NEEDED, &kinds) {
            Some("buttons") => {
                self.shape(&template);
                self.card(&template, 160, 4);
            }
            Some("confirm") => {
                self.text(&template.child("text"), NEEDED, Limit::Letters(240));
                self.actions(&template, 2, 2);
            }
            Some("carousel") => {
                self.shape(&template);
                self.columns(&template);
            }
            Some("image_carousel") => {
                for column in self.list(&template.child("columns"), NEEDED, 1, 10) {
                    if self.object(&column, NEEDED) {
                        self.url(&column.child("imageUrl"), NEEDED);
                        self.action(&column.child("action"), NEEDED, Home::ImageCarousel);
                    }
                }
            }
            _ => {}
        }
    }

    fn shape(&mut self, template: &Node) {
        self.one_of(&template.child("imageAspectRatio"), OPTIONAL, &["rectangle", "square"]);
        self.one_of(&template.child("imageSize"), OPTIONAL, &["cover", "contain"]);
    }

    fn columns(&mut self, template: &Node) {
        let list = template.child("columns");
        let columns = self.list(&list, NEEDED, 1, 10);
        for column in &columns {
            if self.object(column, NEEDED) {
                self.card(column, 120, 3);
            }
        }
        let form = |column: &Node| {
            let actions = column.child("actions").value.as_array().map_or(0, Vec::len);
            (column.child("title").is_there(), column.child("thumbnailImageUrl").is_there(), actions)
        };
        if let Some((first, others)) = columns.split_first()
            && others.iter().any(|other| form(other) != form(first))
        {
            self.wrong("inconsistent use of title, image or number of actions", &list);
        }
    }

    /// Buttons, or a column of a carousel: the text shares its room with a picture and a title.
    fn card(&mut self, card: &Node, alone: usize, actions: usize) {
        let (image, title) = (card.child("thumbnailImageUrl"), card.child("title"));
        let text = if image.is_there() || title.is_there() { 60 } else { alone };
        self.url(&image, OPTIONAL);
        self.colour(&card.child("imageBackgroundColor"), false);
        self.text(&title, OPTIONAL, Limit::Letters(40));
        self.text(&card.child("text"), NEEDED, Limit::Letters(text));
        self.action(&card.child("defaultAction"), OPTIONAL, Home::Picture);
        self.actions(card, 1, actions);
    }

    fn actions(&mut self, of: &Node, least: usize, most: usize) {
        for action in self.list(&of.child("actions"), NEEDED, least, most) {
            self.action(&action, NEEDED, Home::Template);
        }
    }
}
